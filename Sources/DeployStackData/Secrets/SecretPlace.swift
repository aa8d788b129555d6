import DeployStackModels

/// Where a secret is stored. It is authenticated with the secret (additional data of AES-GCM), so a value that is copied to another place cannot be opened.
///
/// Without it, whoever can write to the database but does not know the key could put the secret of one team into a row of another team, or into a field that
/// its readers may see, and let the platform decrypt it for him. A place must therefore not change as long as the value lives: it is made of identifiers and
/// of the names of the values, not of anything that can be renamed on its own.
struct SecretPlace: Sendable, Hashable {
    private var parts: [String]

    private init(_ parts: [String]) { self.parts = parts }

    /// A setting of the whole system.
    static func setting(_ key: String) -> SecretPlace { SecretPlace(["globalSettings", key]) }

    /// The configuration that a team gave to an installation.
    static func installation(_ id: McpInstallationID) -> SecretPlace { SecretPlace(["mcpTeamInstallations", id.rawValue]) }

    /// The configuration that a user gave to an installation.
    static func userConfiguration(of user: UserID, for installation: McpInstallationID) -> SecretPlace {
        SecretPlace(["mcpUserConfigurations", installation.rawValue, user.rawValue])
    }

    /// A place within this one, such as a column or a name in it.
    func within(_ part: String) -> SecretPlace { SecretPlace(parts + [part]) }

    /// The place as bytes: each part after its length, so that no two places are the same bytes.
    var bytes: [UInt8] {
        parts.flatMap { part in
            let bytes = Array(part.utf8)
            return withBigEndian(UInt32(clamping: bytes.count)) + bytes
        }
    }

    private func withBigEndian(_ count: UInt32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> UInt32($0)) }
    }
}
