/// The pieces that thin lines are made of: straight lines, corners, tees and the cross, each by the sides it goes to.
///
/// Lines that meet are drawn by uniting the sides: `glyphs.line[[.up, .right]]` is `└`.
public struct LineGlyphs: Hashable, Sendable {
    /// The sides of a cell that a piece goes to.
    public struct Sides: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let up = Sides(rawValue: 1 << 0)
        public static let down = Sides(rawValue: 1 << 1)
        public static let left = Sides(rawValue: 1 << 2)
        public static let right = Sides(rawValue: 1 << 3)
        public static let all: Sides = [.up, .down, .left, .right]
    }

    /// By the raw value of the sides; always 16 of them.
    let pieces: [Unicode.Scalar]

    /// The piece that goes to these sides; one that goes to a single side is a straight line, one without any a blank.
    public subscript(sides: Sides) -> Unicode.Scalar { pieces[Int(sides.rawValue & Sides.all.rawValue)] }

    /// `─`
    public var horizontal: Unicode.Scalar { self[[.left, .right]] }
    /// `│`
    public var vertical: Unicode.Scalar { self[[.up, .down]] }
    /// `┌`
    public var topLeft: Unicode.Scalar { self[[.down, .right]] }
    /// `┐`
    public var topRight: Unicode.Scalar { self[[.down, .left]] }
    /// `└`
    public var bottomLeft: Unicode.Scalar { self[[.up, .right]] }
    /// `┘`
    public var bottomRight: Unicode.Scalar { self[[.up, .left]] }
    /// `├`
    public var teeRight: Unicode.Scalar { self[[.up, .down, .right]] }
    /// `┤`
    public var teeLeft: Unicode.Scalar { self[[.up, .down, .left]] }
    /// `┬`
    public var teeDown: Unicode.Scalar { self[[.down, .left, .right]] }
    /// `┴`
    public var teeUp: Unicode.Scalar { self[[.up, .left, .right]] }
    /// `┼`
    public var cross: Unicode.Scalar { self[.all] }

    /// `─│┌┐└┘├┤┬┴┼`
    public static let single = LineGlyphs(pieces: [" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"])

    /// `-`, `|` and `+`
    public static let ascii = LineGlyphs(pieces: [" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"])
}
