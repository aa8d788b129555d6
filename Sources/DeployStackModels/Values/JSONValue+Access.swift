extension JSONValue {
    /// JSON's `null`.
    public static let null = JSONValue(.null)

    /// Makes an object.
    public static func object(_ object: JSONObject) -> JSONValue { JSONValue(.object(object)) }

    /// Makes an array.
    public static func array(_ elements: [JSONValue]) -> JSONValue { JSONValue(.array(elements)) }

    /// Makes a string. It may hold any text; what cannot be stored is found by ``requireStorable(limits:)``.
    public static func string(_ text: String) -> JSONValue { JSONValue(.string(text)) }

    /// Makes a number.
    public static func number(_ number: JSONNumber) -> JSONValue { JSONValue(.number(number)) }

    /// Makes a number of an integer.
    public static func number(_ integer: some FixedWidthInteger) -> JSONValue { JSONValue(.number(JSONNumber(integer))) }

    /// Makes `true` or `false`.
    public static func bool(_ flag: Bool) -> JSONValue { JSONValue(.bool(flag)) }

    /// The members, if this is an object.
    public var object: JSONObject? {
        if case .object(let object) = kind { object } else { nil }
    }

    /// The elements, if this is an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = kind { elements } else { nil }
    }

    /// The text, if this is a string.
    public var string: String? {
        if case .string(let text) = kind { text } else { nil }
    }

    /// The number, if this is one.
    public var number: JSONNumber? {
        if case .number(let number) = kind { number } else { nil }
    }

    /// The integer, if this is a number without a fraction that fits.
    public var int: Int? { number?.int }

    /// The nearest floating-point number, if this is a number.
    public var double: Double? { number?.double }

    /// The flag, if this is `true` or `false`.
    public var bool: Bool? {
        if case .bool(let flag) = kind { flag } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = kind { true } else { false }
    }

    /// The value of a key; `nil` if this is no object or has no such member.
    public subscript(key: String) -> JSONValue? {
        object?[key]
    }

    /// The element at an index from 0; `nil` if this is no array or has no such element.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

// Deliberately not ExpressibleByNilLiteral: `condition ? value : nil` would become JSON's null where "no value" was meant. Write `.null`.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a string.
    public init(stringLiteral value: String) { self.init(.string(value)) }

    /// Makes a number.
    public init(integerLiteral value: Int64) { self.init(.number(JSONNumber(value))) }

    /// Makes a number of the shortest digits that stand for the literal.
    public init(floatLiteral value: Double) {
        guard let number = JSONNumber(value) else { preconditionFailure("JSON has no number for a literal that is not finite") }
        self.init(.number(number))
    }

    /// Makes `true` or `false`.
    public init(booleanLiteral value: Bool) { self.init(.bool(value)) }

    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self.init(.array(elements)) }

    /// Makes an object. Of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(.object(JSONObject(elements))) }
}
