extension Filter {
    /// A line of the reference.
    public struct ReferenceEntry: Hashable, Sendable {
        /// How it is written.
        public let form: String
        /// What it stands for.
        public let meaning: String
        /// A filter with it.
        public let example: String
        /// The words that may stand after its colon, with what each stands for; empty for all else.
        public let words: [Word]

        /// A word that may stand after a term's colon.
        public struct Word: Hashable, Sendable {
            /// The word.
            public let word: String
            /// What it stands for.
            public let meaning: String
        }
    }

    /// The whole language: how terms are joined, then every term. The help and the README are made from it.
    public static let reference: [ReferenceEntry] =
        [
            ReferenceEntry(
                form: "text", meaning: "these letters, in upper or lower case, in the step's line", example: "refused", words: []),
            ReferenceEntry(
                form: "\"some text\"", meaning: "a text with blanks or signs in it; \\\" is a quote in it", example: "\"timed out\"",
                words: []),
            ReferenceEntry(
                form: "~pattern",
                meaning:
                    "a regular expression, in the step's line: . * + ? | ( ) [a-z] ^ $ \\d \\w \\s; in quotes if it has blanks, | or ( )",
                example: "~store.*refused", words: []),
            ReferenceEntry(
                form: "a b", meaning: "both, for the same side of the step: the event that goes in or the state that comes out",
                example: "bc:b2 ev:fail", words: []),
            ReferenceEntry(form: "a | b", meaning: "one of them, or both; \"or\" is the same", example: "ev:fail | ev:stop", words: []),
            ReferenceEntry(form: "!a", meaning: "what is not so; \"not\" is the same", example: "!ev:poll", words: []),
            ReferenceEntry(
                form: "(a b)", meaning: "a group, which is about a side of its own", example: "(ev:closer node:9f) (st:find node:a0)",
                words: []),
        ]
        + FilterTermName.allCases.map { name in
            ReferenceEntry(
                form: name.form, meaning: name.meaning, example: name.example,
                words: name.words.map { ReferenceEntry.Word(word: $0.word, meaning: $0.meaning) })
        }
}

extension FilterTermName {
    /// The words that may stand after the colon.
    var words: [any FilterWord] {
        switch value {
        case .word(let words): words
        case .none, .text, .key, .distance, .number, .time: []
        }
    }
}
