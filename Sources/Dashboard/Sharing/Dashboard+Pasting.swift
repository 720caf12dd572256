internal import Canvas

// MARK: - Text that is pasted

extension Dashboard {
    /// Takes pasted text: into the line that is being typed, on which it stays to be looked at, or nowhere, because it is not keys.
    ///
    /// An end of a line becomes a blank, one at the end of the text nothing; other controls are left out.
    public mutating func paste(_ text: String) {
        message = nil
        guard prompt != nil else {
            message = "pasted text does nothing here; open a line first: with : / or \\"
            return
        }
        prompt?.insert(Self.line(of: text))
        recalled = 0
    }

    /// A text on one line.
    private static func line(of text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t": result.append(" ")
            default: if scalar.properties.generalCategory != .control { result.append(scalar) }
            }
        }
        if let last = text.unicodeScalars.last, last == "\n" || last == "\r" { result.removeLast() }
        return String(result)
    }
}
