import DeployStackModels

// Results with tokens, keys and what expires.

extension RegisteredOAuthClient: Teaching {
    var facts: [Fact] {
        [Fact(.client, client.id)] + (secret.map { [Fact(.clientSecret, $0.reveal(), of: client.id.rawValue)] } ?? [])
    }
    var moments: [Timestamp] { client.expiresAt.map { [$0] } ?? [] }
}

extension AuthorizationRequest: Teaching {
    var facts: [Fact] { [Fact(.request, id, of: clientID.rawValue)] }
    var moments: [Timestamp] { [expiresAt] }
}

extension AccessToken: Teaching {
    var facts: [Fact] { [Fact(.accessTokenID, id)] + (familyID.map { [Fact(.family, $0)] } ?? []) }
    var moments: [Timestamp] { [expiresAt] }
}

extension IssuedAccessToken: Teaching {
    var facts: [Fact] { record.facts + [Fact(.accessToken, token.reveal(), of: record.clientID)] }
    var moments: [Timestamp] { record.moments }
}

extension IssuedRefreshToken: Teaching {
    var facts: [Fact] { [Fact(.family, record.familyID), Fact(.refreshToken, token.reveal(), of: record.clientID.rawValue)] }
    var moments: [Timestamp] { [record.expiresAt] }
}

extension TokenPair: Teaching {
    var facts: [Fact] { access.facts + refresh.facts }
    var moments: [Timestamp] { access.moments + refresh.moments }
}

extension GrantOutcome: Teaching {
    var facts: [Fact] {
        switch self {
        case .granted(let pair): pair.facts
        case .refused(let error): [Fact(.revealed, error.allParts)]
        }
    }
}

extension RegisteredSatellite: Teaching {
    var facts: [Fact] { satellite.facts + [Fact(.apiKey, apiKey.reveal())] }
}

extension Satellite: Teaching {
    var facts: [Fact] { [Fact(.satellite, id)] }
    var moments: [Timestamp] { lastHeartbeatAt.map { [$0] } ?? [] }
}

extension SatelliteCommand: Teaching {
    var facts: [Fact] { [Fact(.command, id, of: satelliteID.rawValue)] }
    var moments: [Timestamp] { [expiresAt] }
}

extension SatellitePoll: Teaching {
    var facts: [Fact] { commands.facts }
}

extension IssuedSatelliteRegistrationToken: Teaching {
    var facts: [Fact] { [Fact(.registrationTokenID, record.id), Fact(.registrationToken, token.reveal())] }
    var moments: [Timestamp] { [record.expiresAt] }
}
