/// Where this module does not answer as PostgreSQL does, and why. Whatever is not listed here is meant to be equal, and compared.
///
/// The rules were measured on PostgreSQL 15 in a UTF-8 database with the locale C.UTF-8 of glibc 2.36.
///
/// - **Other C libraries.** Which characters beyond ASCII are letters, blanks or capitals is decided by the server's C library. Here it is glibc
///   2.36 (Unicode 14). A server on another system, with another locale, or with the locale "C" (where every character beyond ASCII counts as a
///   letter) may cut words of other scripts differently. ASCII text is the same everywhere.
/// - **Newer Unicode data in Swift.** Characters that came after Unicode 14 are no letters, as on the server; but if a later Unicode version
///   makes an *old* character alphabetic or takes that property away, the standard library follows it and the server does not.
/// - **Other major versions.** The comparison was made with version 15. A later one may bundle another release of the Snowball stemmer or read some
///   compounds differently; before version 14 searches for compounds were built differently.
/// - **Words that grow.** A text with a word of up to 2 046 bytes that has more than 2 047 in small letters (hundreds of "Ⱥ" or "Ⱦ") is refused
///   (``TextVectorError/wordTooLong(bytes:)``). PostgreSQL 15 stores a damaged index entry for it instead.
/// - **Search texts without limits.** ``SearchText`` refuses texts that the server might still answer, and shortens runs of hyphens.
///   ``RawSearchText`` refuses long texts too, more than 24 levels of parentheses and negations together, and stop words between phrase operators whose
///   distances add up to more than 16 384.
/// - **The rank of a word that is wanted both whole and as a prefix.** In a query of seven or more words that holds "x" and "x:*", which of the two
///   `ts_rank` looks at depends on the server's way of sorting, which is not documented. Here it is the last one, as it is on the server in shorter queries.
///   What is found is the same. ``TextQuery/hasCertainRank`` tells such queries.
/// - **Vectors without positions.** `strip()` removes the positions of a `tsvector`. Entries here always have them, as `to_tsvector` makes them.
/// - **What is highlighted.** `ts_headline` marks excluded words too, if a text has them, and leaves compounds out; here only what is wanted is marked, and a
///   compound as a whole when the query has it. The marked words are otherwise the same.
/// - **Trigrams beyond ASCII.** The extension `pg_trgm` asks the locale which characters are letters; ``Trigrams`` takes those of ASCII. Suggestions are
///   made from and for such words only.
package enum KnownDifferences {}
