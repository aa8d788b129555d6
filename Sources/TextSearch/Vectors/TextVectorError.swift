/// Why a text cannot be indexed. PostgreSQL refuses to store such a text, or stores a broken index entry for it, so both backends refuse it first.
package enum TextVectorError: Error, Sendable, Hashable {
    /// The lexemes and their positions take more than ``TextVector/largestSize`` bytes, which the server answers with SQLSTATE 54000.
    case tooLarge(bytes: Int)
    /// A word of at most 2 046 bytes has more than 2 047 in small letters ("Ⱥ" and "Ⱦ" grow). PostgreSQL 15 stores a damaged value for such a word,
    /// with positions read from beyond the end of the memory that belongs to it.
    case wordTooLong(bytes: Int)
}
