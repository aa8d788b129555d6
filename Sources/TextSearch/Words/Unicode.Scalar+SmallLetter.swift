extension Unicode.Scalar {
    /// The small letter of a capital one as the server's dictionaries see it, else the character itself.
    ///
    /// The server asks the C library character by character, so nothing depends on the neighbours (a final sigma stays "σ") and one character
    /// stays one ("İ" becomes "i", without the dot above). Letters that came after Unicode 14, the version of glibc 2.36, have no small letter there.
    var smallLetter: Unicode.Scalar {
        if isASCII {
            return value >= 0x41 && value <= 0x5A ? Unicode.Scalar(UInt8(value) | 0x20) : self
        }
        if value == 0x130 {
            return "i"
        }
        let mapping = properties.lowercaseMapping.unicodeScalars
        guard let small = mapping.first, mapping.count == 1, small != self, let age = properties.age, age <= (14, 0) else {
            return self
        }
        return small
    }
}
