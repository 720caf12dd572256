/// How many colours there are to draw with. A larger depth can show everything a smaller one can.
public enum ColorDepth: Int, Comparable, CaseIterable, Sendable {
    /// No colour at all: attributes alone tell things apart.
    case none = 0
    /// The 8 ANSI colours and, where the terminal has them, their bright forms.
    case ansi16
    /// 256 indexed colours.
    case palette256
    /// Red, green and blue of 8 bits each.
    case trueColor

    public static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}
