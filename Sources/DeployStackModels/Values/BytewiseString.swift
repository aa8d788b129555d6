/// A text that is compared, ordered and hashed by its UTF-8 bytes, as PostgreSQL does it.
///
/// It is the key to use where a dictionary, a set or a sorted collection stands for a unique key or an ordered column.
package struct BytewiseString: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text as it was given; nothing is normalised.
    package let text: String

    /// Wraps a text.
    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    package var description: String { text }

    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.text.hasSameBytes(as: rhs.text)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.text.precedesBytewise(rhs.text)
    }

    package func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}
