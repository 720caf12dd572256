internal import Canvas

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A colour in CIELAB, where distance is about what an eye sees as difference.
struct Lab: Hashable, Sendable {
    /// Lightness, 0-100.
    let lightness: Double
    /// From green to red.
    let a: Double
    /// From blue to yellow.
    let b: Double

    init(lightness: Double, a: Double, b: Double) {
        self.lightness = lightness
        self.a = a
        self.b = b
    }

    /// The place of an sRGB colour (white point D65).
    init(_ color: RGB) {
        let red = Lab.linear(color.red)
        let green = Lab.linear(color.green)
        let blue = Lab.linear(color.blue)
        let x = Lab.compressed((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
        let y = Lab.compressed(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
        let z = Lab.compressed((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
        self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
    }

    /// The nearest colour of sRGB.
    var rgb: RGB {
        let y = (lightness + 16) / 116
        let x = Lab.expanded(y + a / 500) * 0.95047
        let z = Lab.expanded(y - b / 200) * 1.08883
        let luminance = Lab.expanded(y)
        return RGB(
            red: Lab.encoded(3.2404542 * x - 1.5371385 * luminance - 0.4985314 * z),
            green: Lab.encoded(-0.9692660 * x + 1.8760108 * luminance + 0.0415560 * z),
            blue: Lab.encoded(0.0556434 * x - 0.2040259 * luminance + 1.0572252 * z))
    }

    /// The square of the distance.
    func distance(to other: Lab) -> Double {
        let difference = (lightness - other.lightness, a - other.a, b - other.b)
        return difference.0 * difference.0 + difference.1 * difference.1 + difference.2 * difference.2
    }

    /// The colour at `fraction` of the way to another.
    func mixed(with other: Lab, at fraction: Double) -> Lab {
        Lab(
            lightness: lightness + (other.lightness - lightness) * fraction, a: a + (other.a - a) * fraction,
            b: b + (other.b - b) * fraction)
    }

    /// A component of sRGB as an amount of light, 0-1.
    static func linear(_ component: UInt8) -> Double {
        let value = Double(component) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    private static func encoded(_ value: Double) -> UInt8 {
        let component = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
        return UInt8((min(max(component, 0), 1) * 255).rounded())
    }

    private static func compressed(_ value: Double) -> Double {
        value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
    }

    private static func expanded(_ value: Double) -> Double {
        value > 6.0 / 29 ? value * value * value : (116 * value - 16) * 27 / 24389
    }
}
