import DeployStackModels

/// Writes values as texts with a placeholder for everything that may be a secret.
///
/// A text is one when its name says so, a value when its type hides itself from reflection as types of secrets do, and a JSON document that is not
/// empty always: what a configuration holds cannot be told from outside.
struct SecretlessPrinter {
    private static let secretWords: Set<String> = [
        "password", "passwords", "secret", "secrets", "token", "tokens", "verifier", "code", "codes", "credential", "credentials",
    ]

    /// Whether a placeholder was written.
    private(set) var hasFoundSecrets = false

    mutating func text(of value: Any, named name: String) -> String {
        switch value {
        case is String, is Substring:
            return isSecretName(name) ? placeholder("<secret>") : "\"\(value)\""
        case let json as JSONValue:
            return isEmpty(json) ? json.text : placeholder("<JSON>")
        case is any RawRepresentable, is any Numeric, is Bool, is Timestamp, is Duration:
            return "\(value)"
        default:
            return structure(of: value, named: name)
        }
    }

    private mutating func structure(of value: Any, named name: String) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return "nil" }
            return text(of: wrapped.value, named: name)
        case .collection, .set:
            let shown = mirror.children.prefix(20).map { text(of: $0.value, named: name) }
            // Whether there are secrets is asked of all of them.
            for child in mirror.children.dropFirst(20) { _ = text(of: child.value, named: name) }
            return "[\((shown + (mirror.children.count > 20 ? ["… \(mirror.children.count) in all"] : [])).joined(separator: ", "))]"
        case .enum:
            guard let payload = mirror.children.first else { return ".\(value)" }
            return ".\(payload.label ?? "")(\(text(of: payload.value, named: payload.label ?? name)))"
        case .tuple, .dictionary:
            return "(\(members(of: mirror, named: name)))"
        default:
            // A type that shows no children of its own may be hiding a secret.
            guard !(value is any CustomReflectable) || !mirror.children.isEmpty else { return placeholder("<secret>") }
            return "\(type(of: value))(\(members(of: mirror, named: name)))"
        }
    }

    private mutating func members(of mirror: Mirror, named name: String) -> String {
        mirror.children.map { child in
            let label = child.label.map { $0.hasPrefix(".") ? name : $0 }
            let text = text(of: child.value, named: label ?? name)
            return label.map { "\($0): \(text)" } ?? text
        }.joined(separator: ", ")
    }

    private mutating func placeholder(_ text: String) -> String {
        hasFoundSecrets = true
        return text
    }

    /// Whether the last word of a name, as in `codeVerifier`, is one for secrets.
    private func isSecretName(_ name: String) -> Bool {
        let start = name.lastIndex(where: \.isUppercase) ?? name.startIndex
        return Self.secretWords.contains(name[start...].lowercased()) || name.hasSuffix("apiKey")
    }

    private func isEmpty(_ json: JSONValue) -> Bool {
        switch json.kind {
        case .null: true
        case .object(let members): members.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}
