extension Conditions {
    /// Takes over what a change gives; the rest stays.
    public mutating func apply(_ change: ConditionChange) {
        latency = change.latency ?? latency
        slowness = change.slowness ?? slowness
        dialing = change.dialing ?? dialing
        loss = change.loss ?? loss
        duplication = change.duplication ?? duplication
        reordering = change.reordering ?? reordering
        behaviour = change.behaviour ?? behaviour
        lie = change.lie ?? lie
        storeRefusal = change.storeRefusal ?? storeRefusal
        storeVanishing = change.storeVanishing ?? storeVanishing
        recordLifetime = change.recordLifetime ?? recordLifetime
        sessions = change.sessions ?? sessions
        staleness = change.staleness ?? staleness
        ignorance = change.ignorance ?? ignorance
    }
}
