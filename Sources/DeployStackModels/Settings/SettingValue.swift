/// The value of a setting or a preference.
public enum SettingValue: Sendable, Hashable {
    /// A text, at most 65 536 characters.
    case string(String)
    /// A number with all its digits.
    case number(JSONNumber)
    /// Yes or no.
    case boolean(Bool)
    /// A text that is stored encrypted and never printed, at most 65 536 characters.
    case secret(SecretText)

    /// The text, or `nil` when the value is not one. A secret is none: it is had by ``secret``.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, or `nil` when the value is not one.
    public var number: JSONNumber? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// The number as an integer, or `nil` when the value is no number, has a fraction or does not fit.
    public var integer: Int? { number?.int64.flatMap { Int(exactly: $0) } }

    /// Yes or no, or `nil` when the value is neither.
    public var boolean: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    /// The secret, or `nil` when the value is not one.
    public var secret: SecretText? {
        guard case .secret(let secret) = self else { return nil }
        return secret
    }

    /// What kind of value it is. A secret is a string.
    public var type: SettingType {
        switch self {
        case .string, .secret: .string
        case .number: .number
        case .boolean: .boolean
        }
    }
}

extension SettingValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// Makes a text.
    public init(stringLiteral text: String) { self = .string(text) }
    /// Makes a number.
    public init(integerLiteral number: Int) { self = .number(JSONNumber(number)) }
    /// Makes yes or no.
    public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
}

/// What kind of value a setting has.
public enum SettingType: OpenEnumeration {
    /// A text.
    case string
    /// A number.
    case number
    /// Yes or no.
    case boolean
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SettingType] = [.string, .number, .boolean]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "string": self = .string
        case "number": self = .number
        case "boolean": self = .boolean
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .string: "string"
        case .number: "number"
        case .boolean: "boolean"
        case .unknown(let text): text
        }
    }
}
