import DeployStackModels

/// How a name becomes a slug: lower case, every run of other characters than `a`–`z` and `0`–`9` becomes one hyphen, none at the ends.
struct SlugRule: Sendable {
    /// The most characters that a slug has, with its suffix. It is the length of a label of a host name (RFC 1035, section 2.3.4).
    static let maximumLength = 63

    /// How many candidates are tried before giving up.
    static let maximumAttempts = 10_000

    /// The slug without a suffix.
    let base: String

    /// Derives the slug of a name.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - fallback: The slug of a name in which nothing is left, such as one in Japanese.
    init(_ name: String, fallback: String) {
        var slug: [UInt8] = []
        for byte in name.utf8.prefix(4 * 1024) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): slug.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
            default: if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
            }
        }
        let text = Self.trimmed(slug.prefix(Self.maximumLength))
        base = text.isEmpty ? fallback : text
    }

    /// The n-th slug to try: the base, then the base with `-2`, `-3` and so on, shortened so that the suffix fits.
    func candidate(_ number: Int) -> String {
        guard number > 1 else { return base }
        let suffix = "-\(number)"
        return Self.trimmed(Array(base.utf8).prefix(Self.maximumLength - suffix.utf8.count)) + suffix
    }

    /// The candidates that follow a number, as many as one statement asks for.
    func candidates(after number: Int) -> [String] {
        (number + 1...number + 200).map(candidate)
    }

    /// The number of the first candidate after a number that is not taken, among those that one statement asked for.
    func firstFree(after number: Int, taken: [String]) -> Int {
        let taken = Set(taken)
        return (number + 1...number + 200).first { !taken.contains(candidate($0)) } ?? number + 201
    }

    /// The error when every candidate is taken.
    static func exhausted(_ entity: DataError.Entity) -> DataError {
        DataError(.alreadyExists, entity: entity, field: "slug", reason: "all \(maximumAttempts) slugs made from this name are taken")
    }

    private static func trimmed(_ slug: ArraySlice<UInt8>) -> String {
        var slug = slug
        while slug.last == UInt8(ascii: "-") { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }
}
