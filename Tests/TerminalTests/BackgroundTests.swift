import Testing

@testable import Terminal

@Suite struct BackgroundTests {
    private func answers(_ text: String) -> TerminalAnswers {
        var answers = TerminalAnswers()
        for byte in text.utf8 { answers.take(byte) }
        return answers
    }

    /// As xterm, tmux, rxvt and others answer: with two, four or one digits, with either end mark, or not at all.
    @Test(
        arguments: [
            ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62;4c", TerminalBackground.light),
            ("\u{1B}]11;rgb:28/2a/36\u{07}\u{1B}[?1;2c", .dark),
            ("\u{1B}]11;rgb:f/f/e\u{07}\u{1B}[?6c", .light), ("\u{1B}]11;rgba:0000/0000/0000/8000\u{07}\u{1B}[?6c", .dark),
            ("\u{1B}[?1;2c", nil),
            ("\u{1B}]11;#ffffff\u{07}\u{1B}[?1;2c", nil), ("\u{1B}]11;rgb:zz/zz/zz\u{07}\u{1B}[?1;2c", nil),
            ("\u{1B}]11;rgb:fffff/fffff/fffff\u{07}\u{1B}[?1;2c", nil), ("\u{1B}]10;rgb:ffff/ffff/ffff\u{07}\u{1B}[?1;2c", nil),
        ] as [(String, TerminalBackground?)])
    func answersAreUnderstood(text: String, background: TerminalBackground?) {
        let answers = answers(text)
        #expect(answers.background == background)
        #expect(answers.isComplete)
        #expect(answers.typed == [])
    }

    @Test func theLastAnswerIsWaitedFor() {
        #expect(!answers("\u{1B}]11;rgb:ffff/ffff/ffff\u{07}").isComplete)
        #expect(!answers("\u{1B}]11;rgb:ffff").isComplete)
        #expect(!answers("\u{1B}[?1;2").isComplete)
    }

    @Test func whatIsTypedMeanwhileIsKept() {
        let answers = answers("s\u{1B}]11;rgb:0/0/0\u{07}S\u{1B}[A\u{1B}x\u{1B}[?1;2c")
        #expect(answers.background == .dark && answers.isComplete)
        #expect(answers.typed == Array("sS\u{1B}[A\u{1B}x".utf8))
        #expect(self.answers("q\u{1B}").typed == Array("q\u{1B}".utf8))
    }

    @Test(
        arguments: [
            ("15;0", TerminalBackground.dark), ("0;15", .light), ("0;default;15", .light), ("12;8", .dark), ("0;7", .light),
            ("default;default", nil),
            ("", nil), ("7", nil), ("0;99", nil),
        ] as [(String, TerminalBackground?)])
    func theVariable(value: String, background: TerminalBackground?) {
        #expect(BackgroundQuestion.parse(variable: value) == background)
    }
}
