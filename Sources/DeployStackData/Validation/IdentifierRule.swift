import DeployStackModels

/// What an identifier may be that comes from outside.
enum IdentifierRule {
    /// The most bytes of an identifier that is looked up.
    static let maximumBytes = 255

    /// Whether a stored row can have this identifier. One that cannot is simply absent: no row has it, and it is not sent to the server.
    static func canExist<Tag>(_ id: Identifier<Tag>) -> Bool {
        canExist(id.rawValue)
    }

    /// Whether a stored row can have this text as its key, such as a slug.
    static func canExist(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= maximumBytes && !key.utf8.contains(0)
    }

    /// Whether a stored row can have this text at all: for names that may be longer than an identifier.
    static func canBeStored(_ text: String) -> Bool {
        !text.utf8.contains(0)
    }
}
