internal import Broadcasts
internal import Timeline

extension Comparison {
    /// The comparison as a JSON object on one line, without its end.
    ///
    /// - Parameters:
    ///   - scenario: what was run, whatever its strategies.
    ///   - isPartial: whether it was broken off.
    public func line(of scenario: Scenario, _ seeds: Seeds, isPartial: Bool) -> String {
        let bytes = JSONWriter.object { json in
            json.add("format", "kadscope-comparison")
            json.add("version", 1)
            json.add("scenario", scenario.name)
            json.add("text", scenario.fingerprint)
            json.addObject("settings") { json in
                for setting in RunFigures.settings(of: scenario) { json.add(setting.path, setting.value) }
            }
            json.add("seeds", "\(seeds)")
            if isPartial { json.add("partial", true) }
            json.addObjects("strategies", figures) { json, figures in
                figures.write(to: &json)
                json.add("unfinished", unfinishedPuts(by: figures.strategy))
            }
            json.addObjects("differences", differences) { json, difference in
                json.add("strategy", difference.strategy.rawValue)
                if let first = strategies.first { json.add("minus", first.rawValue) }
                json.add("pairs", difference.pairs)
                for measure in Self.measures {
                    guard let mean = difference.means[measure] else { continue }
                    json.addObject(measure.fieldName) { json in
                        json.add("mean", mean.mean)
                        guard let margin = mean.margin else { return }
                        json.add("low", mean.mean - margin)
                        json.add("high", mean.mean + margin)
                    }
                }
                if let ratio = difference.medianRatio { json.add("median_duration_ratio", ratio) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
