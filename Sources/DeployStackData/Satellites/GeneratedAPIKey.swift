import DeployStackModels

/// A new API key of a satellite: its text, which is given out once, and its hash, which is stored.
struct GeneratedAPIKey: Sendable {
    let text: SecretText
    let hash: TokenHash

    /// Draws a key of 192 random bits in base64url without padding (RFC 4648, section 5), behind a prefix that tells its kind.
    init(for type: SatelliteType, in environment: StoreEnvironment) {
        let key = SatelliteRules.keyPrefix(type) + Base64URL.encode(environment.options.randomSource.bytes(SatelliteRules.keyBytes))
        text = SecretText(key)
        hash = TokenHash(of: key)
    }
}

extension Satellite {
    /// The record of a satellite that registers for the first time.
    init(_ new: NewSatellite, in environment: StoreEnvironment) {
        let now = environment.now()
        self.init(
            id: SatelliteID(environment.makeID()), name: new.name, type: new.type, teamID: new.team, status: .inactive,
            capabilities: new.capabilities, lastHeartbeatAt: nil, url: new.url ?? SatelliteRules.defaultURL, region: new.region,
            createdBy: new.createdBy, createdAt: now, updatedAt: now,
            details: SatelliteDetails(config: [:], systemInfo: new.systemInfo, mcpStatus: nil))
    }
}
