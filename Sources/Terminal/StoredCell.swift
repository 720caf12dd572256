internal import CNcurses

/// A cell as ncurses holds it.
package struct StoredCell: Equatable {
    package let character: Unicode.Scalar
    /// Bits of ncurses.
    package let attributes: UInt32
    package let pair: Int32
    /// ncurses's number of the colour, -1 for the terminal's own.
    package let foreground: Int32
    package let background: Int32
}
