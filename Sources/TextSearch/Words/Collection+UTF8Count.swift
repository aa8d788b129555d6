extension Collection where Element == Unicode.Scalar {
    /// Whether the characters take more than a number of bytes in UTF-8.
    func utf8Count(exceeds limit: Int) -> Bool {
        count * 4 > limit && reduce(0) { $0 + UTF8.width($1) } > limit
    }
}
