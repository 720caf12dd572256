import Canvas
import Testing
import Theming

@Suite struct ColorReducingTests {
    @Test(arguments: [
        (Color.rgb(95, 175, 175), UInt8(73)), (.rgb(215, 175, 95), 179), (.rgb(135, 175, 135), 108), (.rgb(0, 0, 0), 16),
        (.rgb(255, 255, 255), 231), (.rgb(118, 118, 118), 243), (.rgb(58, 58, 58), 237), (.rgb(96, 174, 176), 73),
    ])
    func to256(color: Color, index: UInt8) {
        #expect(color.reduced(to: .palette256) == .indexed(index))
    }

    @Test(arguments: [
        (Color.rgb(255, 10, 10), UInt8(9)), (.rgb(0, 0, 0), 0), (.rgb(250, 250, 250), 15), (.rgb(120, 120, 120), 8), (.indexed(196), 9),
        (.indexed(3), 3), (.rgb(0, 200, 0), 2),
    ])
    func to16(color: Color, index: UInt8) {
        #expect(color.reduced(to: .ansi16) == .indexed(index))
    }

    @Test func whatCanBeShownStays() {
        for index in UInt8.min...UInt8.max { #expect(Color.indexed(index).reduced(to: .palette256) == .indexed(index)) }
        #expect(Color.rgb(1, 2, 3).reduced(to: .trueColor) == .rgb(1, 2, 3))
        #expect(Color.terminalDefault.reduced(to: .ansi16) == .terminalDefault)
        #expect(Color.rgb(1, 2, 3).reduced(to: .none) == .terminalDefault)
    }

    /// Every colour of the cube and of the greys is nearest to itself, or to an index of the same colour.
    @Test func theCubeIsNearestToItself() {
        let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
        for index in 16..<232 {
            let cube = index - 16
            let color = Color.rgb(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
            #expect(color.reduced(to: .palette256) == .indexed(UInt8(index)))
        }
    }
}
