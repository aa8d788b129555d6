import DeployStackModels

/// A new instance before it is stored, with the token that it will have, if any.
struct DrawnInstance: Sendable {
    var instance: McpServerInstance
    let token: String?

    /// The only form in which the token is stored.
    var tokenHash: TokenHash? { token.map { TokenHash(of: $0) } }

    /// Draws an identifier, a path and, if it is wanted, a token.
    init(
        of installation: McpInstallationID, user: UserID, status: McpInstanceStatus, withToken: Bool, at now: Timestamp,
        in environment: StoreEnvironment
    ) {
        instance = McpServerInstance(
            id: McpInstanceID("inst_" + environment.makeID()), installationID: installation, userID: user,
            path: InstancePath.draw(from: environment.options.randomSource), status: status, statusMessage: nil, statusUpdatedAt: now,
            lastHealthCheckAt: nil, lastCredentialCheckAt: nil, createdAt: now, updatedAt: now)
        token = withToken ? InstanceToken.draw(from: environment.options.randomSource) : nil
    }

    /// What the caller gets, or `nil` when no token was drawn.
    var provisioned: ProvisionedInstance? {
        token.map { ProvisionedInstance(instance: instance, token: SecretText($0)) }
    }
}

/// The token of an instance: `ds_inst_` and 32 random bytes in hexadecimal digits.
enum InstanceToken {
    static let prefix = "ds_inst_"
    static let randomBytes = 32

    static func draw(from random: any RandomSource) -> String {
        prefix + Hexadecimal.encode(random.bytes(randomBytes))
    }

    /// Whether a text can be such a token at all. Others are not looked up.
    static func canBe(_ text: String) -> Bool {
        text.utf8.count == prefix.utf8.count + 2 * randomBytes && text.hasPrefix(prefix)
    }
}
