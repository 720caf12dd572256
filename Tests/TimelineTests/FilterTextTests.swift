import Coordination
import Kademlia
import Simulation
import Testing
import Timeline

@Suite("Filter: text, errors, completions")
struct FilterTextTests {
    /// The error of a text: its message, and the characters under which a caret would stand.
    private func problem(_ text: String, keyBits: Int = 256) -> (message: String, under: String, range: Range<Int>)? {
        do throws(FilterError) {
            _ = try Filter.parse(text, keyBits: keyBits)
            return nil
        } catch {
            let characters = Array(text)
            return (error.message, String(characters[error.range]), error.range)
        }
    }

    @Test(
        "Every mistake has its place and its remedy",
        arguments: [
            ("", "", 0, "there is nothing to look for; write a term such as bc:b1 or ev:fail"),
            ("  \t", "", 0, "there is nothing to look for; write a term such as bc:b1 or ev:fail"),
            (
                "bc:b1 noed:9f", "noed", 6,
                "there is no term \"noed\"; did you mean node? To search for text with : in it, put it in quotes."
            ),
            ("a (dost<08)", "dost", 3, "there is no term \"dost\"; did you mean dist? To search for text with < in it, put it in quotes."),
            ("ev:faill", "faill", 3, "ev knows no \"faill\"; did you mean fail?"),
            ("!st:strore x", "strore", 4, "st knows no \"strore\"; did you mean store?"),
            ("kind:folowup", "folowup", 5, "kind knows no \"folowup\"; did you mean followup?"),
            (
                "phase:x", "x", 6, "phase knows no \"x\"; use one of queued, finding, storing, awaiting, done"
            ),
            ("end:\"timed out\"", "\"timed out\"", 4, "end knows no \"timed out\"; did you mean timed-out?"),
            ("changes:bets", "bets", 8, "changes knows no \"bets\"; did you mean best?"),
            ("node:9g", "9g", 5, "\"9g\" is not hexadecimal; write the first digits, 0-9 and a-f, as in node:9f"),
            ("dist<", "dist<", 0, "something is missing after <, as in dist<08"),
            ("a bc: b1", "bc:", 2, "something is missing after :, as in bc:b2"),
            ("dist <08", "<08", 5, "a name is missing before <; write it without a blank, as in dist<08 or bc:b1"),
            ("a !=3", "=3", 3, "a name is missing before =; write it without a blank, as in dist<08 or bc:b1"),
            ("todo>many", "many", 5, "\"many\" is not a number; write digits, as in todo>3"),
            ("step>-1", "-1", 5, "\"-1\" is not a number; write digits, as in step>=100"),
            (
                "step>99999999999999999999", "99999999999999999999", 5, "99999999999999999999 is too large; use at most 9223372036854775807"
            ),
            ("time>90", "90", 5, "\"90\" is not a time; write a number and one of ns, us, ms, s, m, h, as in time>1.5s"),
            ("rtt>1.5ns", "1.5ns", 4, "\"1.5ns\" is not a time; write a number and one of ns, us, ms, s, m, h, as in rtt>500ms"),
            ("bc<b1", "<", 2, "bc can't be compared with <; write a colon, as in bc:b2"),
            ("ev!=poll", "!=", 2, "ev can't be compared with !=; write !ev:poll for what it is not"),
            ("step!==3", "!==", 4, "!== is no comparison; use one of < <= > >= = !="),
            ("ignored:yes", ":yes", 7, "ignored stands alone; remove what follows it"),
            ("bc:b1 | ", "|", 6, "a term is missing after this, such as bc:b1 or ev:fail"),
            ("| bc:b1", "|", 0, "a term is missing before this, such as bc:b1 or ev:fail"),
            ("a and or b", "or", 6, "a term is missing before this, such as bc:b1 or ev:fail"),
            ("a not", "not", 2, "a term is missing after this, such as bc:b1 or ev:fail"),
            ("(a b", "(", 0, "this ( is never closed; add )"),
            ("a (", "(", 2, "this ( is never closed; add )"),
            ("a b) c", ")", 3, "there is no ( for this ); remove it"),
            (")", ")", 0, "there is no ( for this ); remove it"),
            ("a ()", ")", 3, "a term is missing before this )"),
            ("err:\"x", "\"", 4, "this quote is never closed; add \" at its end"),
            ("a ~", "~", 2, "a pattern is missing after ~, as in ~store.*fail"),
            ("~*x", "*", 1, "nothing stands before this *; write \\* for the sign itself"),
            ("~\"a(b\"", "(", 3, "this ( is never closed; add ), or write \\( for the sign itself"),
            ("~\"a)\"", ")", 3, "there is no ( for this ); write \\) for the sign itself"),
            ("~a[b", "[", 2, "this [ is never closed; add ], or write \\[ for the sign itself"),
            ("~[9-0]", "9-0", 2, "the greater one stands first; write them the other way round"),
            ("~[\\D]", "\\D", 2, "this can't stand in brackets; write [^...] with the small letter"),
            ("~a\\", "\\", 2, "a character is missing behind this \\; write \\\\ for the sign itself"),
            ("a \"\"", "\"\"", 2, "there is nothing between the quotes; write the text to search for"),
            ("\"ev\":fail", "\"ev\"", 0, "a term's name stands without quotes; to search for text, put all of it in quotes"),
            // Characters count, not what they are made of.
            ("e\u{301}\u{1F1E9}\u{1F1EA} ev:x\u{301}x", "x\u{301}x", 6, nil),
        ] as [(String, String, Int, String?)])
    func errors(text: String, under: String, place: Int, message: String?) throws {
        let found = try #require(problem(text))
        #expect(found.under == under)
        #expect(found.range.lowerBound == place)
        if let message { #expect(found.message == message) }
    }

    @Test("A key is no longer than the run's keys, and never longer than any key")
    func widths() throws {
        #expect(problem("node:9f", keyBits: 8) == nil)
        #expect(problem("node:9f0", keyBits: 8)?.message == "\"9f0\" is longer than the keys of this run; write at most 2 digits")
        #expect(problem("dist<9f0", keyBits: 8)?.under == "9f0")
        let longest = String(repeating: "f", count: 64)
        #expect(problem("told:\(longest)") == nil)
        #expect(problem("told:\(longest)f")?.message.contains("is longer than any key") == true)
    }

    @Test("A word that is near no term: all are named")
    func farAway() throws {
        let message = try #require(problem("quux:1")?.message)
        #expect(message.hasPrefix("there is no term \"quux\"; the terms are bc, ev, st, end, node, "))
        #expect(message.hasSuffix(" violation. To search for text with : in it, put it in quotes."))
    }

    @Test("An error says where, counted from 1")
    func description() {
        #expect(FilterError("no", at: 3..<5).description == "character 4: no")
    }

    @Test("Nesting has an end, and is no danger")
    func nesting() throws {
        func nested(_ sign: String, _ count: Int) -> String {
            String(repeating: sign, count: count) + "a" + (sign == "(" ? String(repeating: ")", count: count) : "")
        }
        #expect(try Filter.parse(nested("(", 50)) == Filter.parse("a"))
        #expect(try Filter.parse(nested("!", 50)) == Filter.parse("a"))
        #expect(try Filter.parse(nested("!", 49)) == Filter.parse("!a"))
        for sign in ["(", "!", "!("] {
            for count in [51, 100_000] {
                let found = try #require(problem(nested(sign, count)))
                #expect(found.message == "more than 50 parentheses and negations stand in each other here; use fewer")
                #expect(found.range == 51..<52)
            }
        }
        #expect(problem(String(repeating: "a ", count: 10_000)) == nil)
    }

    @Test(
        "One way to write each filter",
        arguments: [
            ("bc:b2   ev:FAIL  node:9F dist<08", "bc:b2 ev:fail node:9f dist<08"),
            ("strategy:FollowUp", "kind:followup"), ("bc=b1", "bc:b1"), ("step:7", "step=7"), ("step==7", "step=7"),
            ("STORED!=0007", "stored!=7"),
            ("a or b and c or (d or e)", "a | b c | d | e"), ("(a | b) c", "(a | b) c"), ("(a b) c", "(a b) c"), ("((a) b)", "a b"),
            ("not a", "!a"), ("not (a b)", "!(a b)"), ("!!a", "a"), ("!(!(a))", "a"), ("not(a|b)", "!(a | b)"),
            ("Refused", "refused"), ("\"timed out\"", "\"timed out\""), ("\"plain\"", "plain"), ("\"ignored\"", "\"ignored\""),
            ("ignored", "ignored"),
            ("\"or\"", "\"or\""), ("\"a:b\"", "\"a:b\""), ("\"say \\\"hi\\\" \\\\\"", "\"say \\\"hi\\\" \\\\\""),
            ("back\\slash", "back\\slash"),
            ("half\" quo\"ted", "\"half quoted\""),
            ("bc:\"b1\"", "bc:b1"), ("bc:\"my put\"", "bc:\"my put\""), ("bc:my\" \"put", "bc:\"my put\""), ("bc:\"a*\"", "bc:\"a*\""),
            ("bc:a*", "bc:a*"), ("bc:\"\"", "bc:\"\""),
            ("bc:a:b=c", "bc:a:b=c"), ("bc::", "bc::"), ("err:*", "err:*"), ("err:\"*\"", "err:\"*\""), ("err:Timed", "err:timed"),
            ("time>1500ms", "time>1.5s"), ("time>0.5us", "time>500ns"), ("time<120s", "time<2m"), ("time<90s", "time<90s"),
            ("time=0h", "time=0s"),
            ("time=3600s", "time=1h"), ("time=0.0015m", "time=90ms"), ("time=1.000000001s", "time=1.000000001s"),
            ("time=1.0ns", "time=1ns"),
        ])
    func canonical(text: String, canonical: String) throws {
        let filter = try Filter.parse(text)
        #expect(filter.description == canonical)
        #expect(try Filter.parse(canonical) == filter)
    }

    @Test(
        "What differs is not equal",
        arguments: [("a b", "b a"), ("(a b) c", "a b c"), ("bc:a*", "bc:\"a*\""), ("dist<8", "dist<80"), ("a", "!a")])
    func different(one: String, other: String) throws {
        #expect(try Filter.parse(one) != Filter.parse(other))
    }

    /// A text of pieces that a filter may be made of, and of some that it may not.
    private func randomText(_ generator: inout SplitMix64) -> String {
        let pieces = [
            "(", ")", "|", "&", "!", "\"", "\\", " ", "\n", "\u{301}", "\u{600}", "\u{200D}", "\u{1F469}", "\u{130}", "\u{3A3}", ":", "<",
            ">", "=", "!=", "*", "?", ".", "~", "~", "[", "]", "^", "$", "+", "-", "\\d",
            "or", "and", "not", "bc:", "ev:", "st:", "node:", "told:", "kind:", "phase:", "end:", "err:", "changes:", "time>", "step>=",
            "dist<", "best<",
            "cpl=", "todo!=", "rtt<=", "ignored", "violation", "b1", "9f", "08", "fail", "find", "finding", "static", "stopped", "best",
            "1.5s", "2h", "7",
            "A", "a b", "\"a b\"", "\u{0}", "\u{7F}", "\r\n", "\u{A0}", "9999999999999999999", "0.", "ms",
        ]
        return (0...(generator.next() % 12)).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
    }

    @Test("Any text is a filter that prints as itself, or an error in its bounds; nothing traps", arguments: [1, 2, 3, 4])
    func randomTexts(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let run = try HandMadeRun()
        var filters = 0
        for _ in 0..<400 {
            let text = randomText(&generator)
            do throws(FilterError) {
                let filter = try Filter.parse(text)
                filters += 1
                let again = try Filter.parse(filter.description)
                #expect(again == filter, "seed \(seed): \(text.debugDescription) as \(filter.description.debugDescription)")
                #expect(again.description == filter.description)
                if filters % 20 == 0 { #expect(run.matches(filter) == run.matches(again)) }
            } catch {
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.count, "seed \(seed): \(text.debugDescription)")
                #expect(!error.message.isEmpty)
            }
            let cursor = Int(generator.next() % 20) - 2
            for completion in Filter.completions(for: text, at: cursor, names: .init(broadcasts: ["b1", "a b"], nodes: { _ in ["9f"] })) {
                #expect(completion.range.lowerBound >= 0 && completion.range.upperBound <= text.count)
            }
            _ = try? Watch.parse(text)
        }
        #expect(filters > 20, "seed \(seed): too few of the texts are filters to tell anything")
    }

    @Test("The reference: each example is a filter, each word is known, no form stands twice")
    func reference() throws {
        for entry in Filter.reference {
            #expect(throws: Never.self) { try Filter.parse(entry.example) }
            #expect(!entry.meaning.isEmpty)
            let name = entry.form.prefix { $0 != ":" }
            for word in entry.words {
                #expect(try Filter.parse("\(name):\(word.word)").description == "\(name):\(word.word)")
                #expect(!word.meaning.isEmpty)
            }
        }
        #expect(Set(Filter.reference.map(\.form)).count == Filter.reference.count)
        #expect(Filter.reference.first { $0.form == "ev:word" }?.words.count == 14)
        // What an unknown term is told of is what stands in the reference.
        let message = try #require(problem("quux:1")?.message)
        let names = message.split(separator: "the terms are ")[1].split(separator: ".")[0].split(separator: ", ")
        #expect(names.allSatisfy { name in Filter.reference.contains { $0.form.hasPrefix(name) } })
    }

    private func completions(_ text: String) -> [String] {
        let parts = text.split(separator: "^", omittingEmptySubsequences: false)
        let (left, right) = (String(parts[0]), String(parts[1]))
        let names = Filter.Names(broadcasts: ["b1", "b2", "my put", "a*"], nodes: { _ in ["9f", "9a", "08"] })
        return Filter.completions(for: left + right, at: left.count, names: names).map { completion in
            var characters = Array(left + right)
            characters.replaceSubrange(completion.range, with: Array(completion.text))
            return String(characters)
        }
    }

    @Test("Completions replace the word at the cursor: here the whole text after it")
    func completion() {
        #expect(completions("ev:store^") == ["ev:store-ok", "ev:store-fail", "ev:store"])
        #expect(completions("bc:b1 st:f^") == ["bc:b1 st:find", "bc:b1 st:finished"])
        #expect(completions("(!s^ | x") == ["(!st: | x", "(!step> | x", "(!stored> | x"])
        #expect(completions("di^") == ["dist<"])
        #expect(completions("IGN^") == ["ignored"])
        #expect(completions("bc:^b1") == ["bc:b1", "bc:b2", "bc:\"my put\"", "bc:\"a*\""])
        #expect(completions("bc:\"my p^") == ["bc:\"my put\""])
        #expect(completions("bc:\"m^y put\" x") == ["bc:\"my put\" x"])
        #expect(completions("told:9^ x") == ["told:9f x", "told:9a x"])
        #expect(completions("strategy:s^") == ["strategy:static"])
        #expect(completions("changes:^").count == 7)
        #expect(completions("todo>^") == [] && completions("err:^") == [] && completions("nono:^") == [] && completions("zz^") == [])
        #expect(completions("^").count == 23)
        #expect(completions("a ^").first == "a bc:")
        #expect(
            Filter.completions(for: "ev:d", at: 4, names: .init()).map(\.meaning) == ["the pool is polled because a deadline has passed"])
        #expect(Filter.completions(for: "e\u{301} ev:d", at: 6, names: .init()).map(\.range) == [5..<6])
    }
}
