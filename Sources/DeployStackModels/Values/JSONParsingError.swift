/// Why a text or a value cannot be JSON that the store accepts.
///
/// It says what is wrong and where, and never repeats the text.
public struct JSONParsingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong. More reasons may be added, so a `switch` needs a `default`.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
        /// The reason in words, in English.
        public let description: String

        /// The text ends before the value does, or is empty.
        public static let unexpectedEnd = Reason(description: "the text ends too early")
        /// A character is not allowed at its place. This includes anything after the value.
        public static let unexpectedCharacter = Reason(description: "a character is not allowed here")
        /// A number is not written as JSON asks, such as `01` or `1.`.
        public static let malformedNumber = Reason(description: "a number is malformed")
        /// A number has more than 131 072 digits before the point or 16 383 after it when it is written out, which is more than PostgreSQL keeps.
        public static let numberOutOfRange = Reason(description: "a number is out of range")
        /// A character below U+0020 stands in a string without being escaped.
        public static let unescapedControlCharacter = Reason(description: "a control character is not escaped")
        /// A backslash is followed by something that is no escape.
        public static let invalidEscape = Reason(description: "an escape is not known")
        /// Half of a surrogate pair stands without the other half, so it is no character.
        public static let unpairedSurrogate = Reason(description: "half of a surrogate pair stands alone")
        /// The character U+0000, which PostgreSQL's text cannot hold.
        public static let nulCharacter = Reason(description: "the character U+0000 cannot be stored")
        /// The bytes are not UTF-8.
        public static let invalidUTF8 = Reason(description: "the bytes are not UTF-8")
        /// Arrays and objects are nested more deeply than the limit allows.
        public static let tooDeep = Reason(description: "arrays and objects are nested too deeply")
        /// The text is longer than the limit allows, or would be with its numbers written out.
        public static let tooLarge = Reason(description: "the text is too long")
    }

    /// What is wrong.
    public let reason: Reason

    /// Where it is wrong: UTF-8 bytes from the beginning of the text, 0 for values that were not read from a text.
    public let offset: Int

    /// The reason and the place, in one sentence. It does not repeat the text.
    public var description: String {
        "Not acceptable as JSON: \(reason) (at byte \(offset))"
    }

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
