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

extension PlantedBackend {
    /// Redeems something and, when that is refused, puts all tokens back as they were.
    fileprivate func forgettingTokensOfRefused(
        _ redeem: () async throws(DataError) -> GrantOutcome
    ) async throws(DataError) -> GrantOutcome {
        let isRefused: (GrantOutcome, InMemoryTables) -> Bool = { outcome, _ in if case .refused = outcome { true } else { false } }
        return try await forgetting(
            \.accessTokens,
            after: { () async throws(DataError) in try await forgetting(\.refreshTokens, after: redeem, when: isRefused) }, when: isRefused)
    }
}

private struct EndlessFamily: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func redeemRefreshToken(_ token: String, client: OAuthClientID) async throws(DataError) -> GrantOutcome {
        try await backend.forgettingTokensOfRefused { () async throws(DataError) in try await base.redeemRefreshToken(token, client: client) }
    }
}

private struct EndlessCode: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func redeemCode(_ code: String, verifier: String, client: OAuthClientID, redirectURI: String) async throws(DataError) -> GrantOutcome {
        try await backend.forgettingTokensOfRefused { () async throws(DataError) in
            try await base.redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
        }
    }
}

private struct LastingRefresh: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func refresh(_ token: String, client: OAuthClientID) async throws(DataError) -> TokenPair {
        try await backend.forgetting(\.refreshTokens) { () async throws(DataError) in try await base.refresh(token, client: client) }
    }
}

private struct KeptTokens: ForwardingTeamService {
    let base: any TeamService
    let backend: PlantedBackend

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        try await backend.forgetting(\.accessTokens) { () async throws(DataError) in try await base.removeMember(user, from: team) }
    }
}

private struct LeftFamily: ForwardingTokenService {
    let base: any TokenService
    let backend: PlantedBackend

    func revoke(_ token: String, client: OAuthClientID?) async throws(DataError) -> Bool {
        guard token.hasPrefix("dsr_") else { return try await base.revoke(token, client: client) }
        return try await backend.forgetting(\.accessTokens) { () async throws(DataError) in try await base.revoke(token, client: client) }
    }
}

private struct LastingRegistration: ForwardingRegistrationTokenRepository {
    let base: any RegistrationTokenRepository
    let backend: PlantedBackend

    func register(_ satellite: NewSatellite, with token: String) async throws(DataError) -> RegisteredSatellite {
        try await backend.forgetting(\.registrationTokens) { () async throws(DataError) in try await base.register(satellite, with: token) }
    }
}
