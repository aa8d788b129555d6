#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JSONValue: Codable {
    /// Reads any value that the decoder offers.
    ///
    /// Foundation's JSON decoder hands numbers on with at most 38 digits. To keep more, read the text with ``init(parsing:limits:)-(String,_)``.
    ///
    /// - Throws: What the decoder throws.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: JSONKey.self) {
            var members: [JSONObject.Member] = []
            for key in container.allKeys {
                members.append(JSONObject.Member(key: key.stringValue, value: try container.decode(JSONValue.self, forKey: key)))
            }
            self.init(.object(JSONObject(unordered: members)))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self.init(.array(elements))
        } else {
            self.init(try Self.scalar(from: decoder.singleValueContainer()))
        }
    }

    private static func scalar(from container: any SingleValueDecodingContainer) throws -> Kind {
        if container.decodeNil() { return .null }
        if let flag = try? container.decode(Bool.self) { return .bool(flag) }
        if let text = try? container.decode(String.self) { return .string(text) }
        if let integer = try? container.decode(Int64.self) { return .number(JSONNumber(integer)) }
        if let integer = try? container.decode(UInt64.self) { return .number(JSONNumber(integer)) }
        if let decimal = try? container.decode(Decimal.self), let number = try? JSONNumber(parsing: decimal.description) { return .number(number) }
        guard let number = JSONNumber(try container.decode(Double.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Expected a finite number")
        }
        return .number(number)
    }

    /// Writes the value.
    ///
    /// - Throws: What the encoder throws, or `EncodingError.invalidValue` for a number with more digits than encoders can take (38). The digits are
    ///   never rounded; ``text`` has all of them.
    public func encode(to encoder: any Encoder) throws {
        switch kind {
        case .object(let object):
            var container = encoder.container(keyedBy: JSONKey.self)
            for (key, value) in object { try container.encode(value, forKey: JSONKey(stringValue: key)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .string(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            try Self.encode(number, to: encoder)
        case .bool(let flag):
            var container = encoder.singleValueContainer()
            try container.encode(flag)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        }
    }

    private static func encode(_ number: JSONNumber, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let integer = number.int64 {
            try container.encode(integer)
        } else if JSONNumber(number.double) == number {
            // Encoders write a Double with the shortest digits that stand for it, which are these.
            try container.encode(number.double)
        } else if let decimal = Decimal(string: number.source), try JSONNumber(parsing: decimal.description) == number {
            try container.encode(decimal)
        } else {
            let reason = "The number has more digits than the encoder can keep"
            throw EncodingError.invalidValue(number, EncodingError.Context(codingPath: container.codingPath, debugDescription: reason))
        }
    }
}

/// A key of a JSON object, which may be any text.
private struct JSONKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        return nil
    }
}
