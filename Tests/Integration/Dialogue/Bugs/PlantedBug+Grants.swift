import DeployStackDataTesting
import DeployStackModels

@testable import DeployStackData

extension PlantedBug {
    /// What is to be seen of tokens only after they were used, presented again, or left alone for their time.
    static let grants = [
        PlantedBug("a token holds one microsecond too long") { services, backend in
            services.tokens = LongLife(base: services.tokens, backend: backend)
        },
        PlantedBug("a code holds one microsecond too long") { services, backend in
            services.tokens = LongCode(base: services.tokens, backend: backend)
        },
        PlantedBug("a refresh token that is used twice ends nothing") { services, backend in
            services.tokens = EndlessFamily(base: services.tokens, backend: backend)
        },
        PlantedBug("a code that is used twice ends nothing") { services, backend in
            services.tokens = EndlessCode(base: services.tokens, backend: backend)
        },
        PlantedBug("a refresh token is not used up") { services, backend in
            services.tokens = LastingRefresh(base: services.tokens, backend: backend)
        },
        PlantedBug("a member who was removed keeps the tokens") { services, backend in
            services.teams = KeptTokens(base: services.teams, backend: backend)
        },
        PlantedBug("revoking a refresh token leaves its access tokens") { services, backend in
            services.tokens = LeftFamily(base: services.tokens, backend: backend)
        },
        PlantedBug("a registration token registers any number of satellites") { services, backend in
            services.registrationTokens = LastingRegistration(base: services.registrationTokens, backend: backend)
        },
    ]
}

extension PlantedBackend {
    /// Makes a call a microsecond ago.
    fileprivate func justBefore<Value>(_ call: () async throws(DataError) -> Value) async throws(DataError) -> Value {
        let now = clock.now()
        clock.set(to: now + .microseconds(-1))
        defer { clock.set(to: now) }
        return try await call()
    }
}

private struct LongLife: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func verify(_ token: String) async throws(DataError) -> TokenContext? {
        try await backend.justBefore { () async throws(DataError) in try await base.verify(token) }
    }
}

private struct LongCode: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func approve(_ request: AuthorizationCodeID) async throws(DataError) -> SecretText {
        try await backend.justBefore { () async throws(DataError) in try await base.approve(request) }
    }
}

private struct EndlessFamily: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        let before = try await backend.tables()
        let outcome = try await base.redeemRefreshToken(token, client: client)
        guard case .refused = outcome else { return outcome }
        try await backend.restore(\.accessTokens, from: before)
        try await backend.restore(\.refreshTokens, from: before)
        return outcome
    }
}

private struct EndlessCode: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        let before = try await backend.tables()
        let outcome = try await base.redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
        guard case .refused = outcome else { return outcome }
        try await backend.restore(\.accessTokens, from: before)
        try await backend.restore(\.refreshTokens, from: before)
        return outcome
    }
}

private struct LastingRefresh: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        let before = try await backend.tables()
        let pair = try await base.refresh(token, client: client)
        try await backend.restore(\.refreshTokens, from: before)
        return pair
    }
}

private struct KeptTokens: ForwardingTeamService {
    let base: any TeamService
    let backend: PlantedBackend

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        let before = try await backend.tables()
        let isRemoved = try await base.removeMember(user, from: team)
        try await backend.restore(\.accessTokens, from: before)
        return isRemoved
    }
}

private struct LeftFamily: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        guard token.hasPrefix("dsr_") else { return try await base.revoke(token, client: client) }
        let before = try await backend.tables()
        let isRevoked = try await base.revoke(token, client: client)
        try await backend.restore(\.accessTokens, from: before)
        return isRevoked
    }
}

private struct LastingRegistration: ForwardingRegistrationTokenRepository {
    let base: any RegistrationTokenRepository
    let backend: PlantedBackend

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        let before = try await backend.tables()
        let registered = try await base.register(satellite, with: token)
        try await backend.restore(\.registrationTokens, from: before)
        return registered
    }
}
