/// What the parser wants to know about one character: its class, and its identity where a rule names it.
///
/// One set of bits a character, so that a rule decides with a single "and".
struct CharacterTraits: OptionSet, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    private init(bit: UInt64) {
        rawValue = 1 << bit
    }

    /// Not a character but the place after the last one.
    static let end = Self(bit: 0)
    static let asciiLetter = Self(bit: 1)
    /// A letter of any script; every ASCII letter is one too.
    static let letter = Self(bit: 2)
    static let digit = Self(bit: 3)
    static let space = Self(bit: 4)
    /// A mark that takes no room of its own and joins the word that it follows.
    static let joining = Self(bit: 5)
    /// A character that may stand in the path of a URL.
    static let urlPath = Self(bit: 6)
    /// Neither letter nor digit.
    static let separator = Self(bit: 7)

    static let hyphen = Self(bit: 8)
    static let underscore = Self(bit: 9)
    static let dot = Self(bit: 10)
    static let slash = Self(bit: 11)
    static let colon = Self(bit: 12)
    static let at = Self(bit: 13)
    static let tilde = Self(bit: 14)
    static let ampersand = Self(bit: 15)
    static let semicolon = Self(bit: 16)
    static let hash = Self(bit: 17)
    static let question = Self(bit: 18)
    static let exclamation = Self(bit: 19)
    static let less = Self(bit: 20)
    static let greater = Self(bit: 21)
    static let apostrophe = Self(bit: 22)
    static let quote = Self(bit: 23)
    static let equals = Self(bit: 24)
    static let percent = Self(bit: 25)
    static let plus = Self(bit: 26)
    static let backslash = Self(bit: 27)
    /// "e" or "E", which begins an exponent.
    static let exponent = Self(bit: 28)
    static let smallX = Self(bit: 29)
    static let capitalX = Self(bit: 30)
    /// "d" or "D", which begins "<!DOCTYPE".
    static let d = Self(bit: 31)
    static let hexDigit = Self(bit: 32)

    /// Every character, and the end.
    static let anything = Self(rawValue: .max)

    /// Whether one of the traits is among the others. Spelled out, because the generic `isDisjoint(with:)` is slow in a build without optimisation.
    func intersects(_ others: Self) -> Bool {
        rawValue & others.rawValue != 0
    }

    /// The traits of a character.
    init(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            self = Self.ascii[Int(scalar.value)]
        } else if scalar.joinsWords {
            self = [.joining, .separator]
        } else if scalar.isSearchLetter {
            self = .letter
        } else if scalar.isSearchSpace {
            self = [.space, .separator]
        } else {
            self = .separator
        }
    }

    private static let ascii: [CharacterTraits] = (0..<128).map { CharacterTraits(ascii: UInt8($0)) }

    private init(ascii byte: UInt8) {
        var traits: CharacterTraits = Self.named[byte] ?? []
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            traits.formUnion([.asciiLetter, .letter])
            if (byte | 0x20) <= UInt8(ascii: "f") { traits.insert(.hexDigit) }
        case UInt8(ascii: "0")...UInt8(ascii: "9"): traits.formUnion([.digit, .hexDigit])
        case UInt8(ascii: " "), 9...13: traits.formUnion([.space, .separator])
        default: traits.insert(.separator)
        }
        if byte > 0x20, byte < 0x7F, !Self.outsideURLs.contains(byte) {
            traits.insert(.urlPath)
        }
        self = traits
    }

    private static let outsideURLs: Set<UInt8> = Set("\"<>\\^`{|}".utf8)

    private static let named: [UInt8: CharacterTraits] = [
        UInt8(ascii: "-"): .hyphen, UInt8(ascii: "_"): .underscore, UInt8(ascii: "."): .dot, UInt8(ascii: "/"): .slash,
        UInt8(ascii: ":"): .colon, UInt8(ascii: "@"): .at, UInt8(ascii: "~"): .tilde, UInt8(ascii: "&"): .ampersand,
        UInt8(ascii: ";"): .semicolon, UInt8(ascii: "#"): .hash, UInt8(ascii: "?"): .question, UInt8(ascii: "!"): .exclamation,
        UInt8(ascii: "<"): .less, UInt8(ascii: ">"): .greater, UInt8(ascii: "'"): .apostrophe, UInt8(ascii: "\""): .quote,
        UInt8(ascii: "="): .equals, UInt8(ascii: "%"): .percent, UInt8(ascii: "+"): .plus, UInt8(ascii: "\\"): .backslash,
        UInt8(ascii: "e"): .exponent, UInt8(ascii: "E"): .exponent, UInt8(ascii: "x"): .smallX, UInt8(ascii: "X"): .capitalX,
        UInt8(ascii: "d"): .d, UInt8(ascii: "D"): .d,
    ]
}
