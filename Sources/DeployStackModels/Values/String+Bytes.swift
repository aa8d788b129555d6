extension String {
    /// Whether two texts have the same UTF-8 bytes.
    ///
    /// Swift's `==` calls "é" in one scalar and "é" in two equal. PostgreSQL compares bytes, so to a unique key they are two
    /// values. Whatever decides about rows compares with this.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Whether this text sorts before another one by its UTF-8 bytes, which is PostgreSQL's order under `COLLATE "C"`.
    package func precedesBytewise(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Feeds the UTF-8 bytes to a hasher, so that hashing agrees with ``hasSameBytes(as:)``.
    ///
    /// String's own hash would be correct too, but it is equal for canonical equivalents, of which a sender can make as many as he likes.
    package func hashBytes(into hasher: inout Hasher) {
        var word: UInt64 = 0
        var count = 0
        for byte in utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count.isMultiple(of: 8) {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}
