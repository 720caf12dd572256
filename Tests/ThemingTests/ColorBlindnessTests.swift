import Canvas
import Foundation
import Testing

@testable import Theming

/// The themes for colour-blind people, as those see them: by the matrices of Machado, Oliveira and Fernandes (2009) for full severity.
@Suite struct ColorBlindnessTests {
    enum Eye: String, CaseIterable {
        case protanopia, deuteranopia, tritanopia

        /// From linear red, green and blue to what is seen of them.
        var matrix: [[Double]] {
            switch self {
            case .protanopia:
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            case .deuteranopia:
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            case .tritanopia:
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }

        func sees(_ color: RGB) -> Lab {
            let light = [color.red, color.green, color.blue].map { Lab.linear($0) }
            let seen = matrix.map { row in
                let amount = min(max(zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1)
                let component = amount <= 0.0031308 ? 12.92 * amount : 1.055 * pow(amount, 1 / 2.4) - 0.055
                return UInt8((component * 255).rounded())
            }
            return Lab(RGB(red: seen[0], green: seen[1], blue: seen[2]))
        }
    }

    /// The smallest distance of CIELAB at which two colours of small glyphs are told apart with ease.
    private static let apart = 15.0

    @Test(arguments: [("okabe-ito", Eye.protanopia), ("okabe-ito", .deuteranopia), ("tritanopia", .tritanopia)])
    func statesAndPhasesDiffer(id: String, eye: Eye) throws {
        let theme = try #require(BuiltInThemes.named(id)).resolved(for: .trueColor)
        for group: [Role] in [
            [.stateTodo, .stateWaiting, .stateStored, .stateFailed], [.phaseFind, .phaseStore, .phaseWait, .phaseDone],
            [.diffAdd, .diffDelete], [.logIn, .logOut], [.headerLive, .headerPaused],
        ] {
            let seen = try group.map { ($0, eye.sees(try #require(theme.style($0).foreground.rgb))) }
            for (index, (role, color)) in seen.enumerated() {
                for (other, otherColor) in seen[..<index] {
                    #expect(color.distance(to: otherColor).squareRoot() >= Self.apart, "\(role.rawValue) and \(other.rawValue)")
                }
            }
        }
    }

    /// That the test above can fail: the usual red and green are one to an eye without the green cones.
    @Test func redAndGreenAreNotEnough() {
        let (red, green) = (RGB(red: 200, green: 80, blue: 60), RGB(red: 120, green: 130, blue: 60))
        let seen = Eye.deuteranopia.sees(red).distance(to: Eye.deuteranopia.sees(green)).squareRoot()
        #expect(Lab(red).distance(to: Lab(green)).squareRoot() > 50)
        #expect(seen < 15)
    }
}
