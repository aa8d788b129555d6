/// Where the digits of a decimal number stand, found in one pass over its text, so that numbers are compared without being written out.
struct DecimalShape {
    /// Whether there is a minus. Zero may have one too.
    private(set) var isNegative = false
    /// Digits before the point, as written.
    private var integerCount = 0
    /// Digits after the point, as written.
    private var fractionCount = 0
    /// Zeros before the first digit that is not zero; all digits, if there is none.
    private var leadingZeros = 0
    /// Digits from the first that is not zero to the last that is not zero.
    private var significantCount = 0
    /// What stands after `e`, or 0.
    private var exponent = 0
    private var hasExponent = false

    /// Reads a number that is known to follow JSON's syntax.
    init(_ utf8: some Collection<UInt8>) {
        var isFraction = false
        var exponentIsNegative = false
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "-"):
                if hasExponent { exponentIsNegative = true } else { isNegative = true }
            case UInt8(ascii: "+"):
                break
            case UInt8(ascii: "."):
                isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                hasExponent = true
            case let digit where hasExponent:
                // Far beyond the allowed range it does not matter how far.
                exponent = min(exponent * 10 + Int(digit - UInt8(ascii: "0")), 1_000_000_000_000)
            case let digit:
                if isFraction { fractionCount += 1 } else { integerCount += 1 }
                if digit != UInt8(ascii: "0") {
                    significantCount = integerCount + fractionCount - leadingZeros
                } else if significantCount == 0 {
                    leadingZeros += 1
                }
            }
        }
        if exponentIsNegative { exponent = -exponent }
    }

    var isZero: Bool { significantCount == 0 }

    /// Whether the text is already as PostgreSQL writes it: without an exponent, and without a minus before zero.
    var isPlain: Bool { !hasExponent && !(isNegative && isZero) }

    /// How many digits stand before the point when the number is written out; zero or less if the number is below one. 0 for zero.
    private var magnitude: Int { isZero ? 0 : integerCount - leadingZeros + exponent }

    /// How many digits stand after the point when the number is written out.
    private var scale: Int { max(0, fractionCount - exponent) }

    /// Whether PostgreSQL's numeric can hold the number.
    var isStorable: Bool { abs(exponent) < 1_073_741_823 && magnitude <= 131_072 && scale <= 16_383 }

    /// How many bytes the number has when it is written out.
    var writtenOutCount: Int {
        (isNegative && !isZero ? 1 : 0) + max(1, magnitude) + (scale > 0 ? scale + 1 : 0)
    }

    /// The digits from the first that is not zero to the last that is not zero.
    private func digits(_ utf8: some Collection<UInt8>) -> some Sequence<UInt8> {
        utf8.lazy.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.dropFirst(leadingZeros).prefix(significantCount)
    }

    /// Less than zero, zero or more than zero if the first number is below, equal to or above the second.
    static func order<Text: Collection<UInt8>>(_ left: Text, _ right: Text) -> Int {
        let (leftShape, rightShape) = (DecimalShape(left), DecimalShape(right))
        guard leftShape.sign == rightShape.sign else { return leftShape.sign - rightShape.sign }
        guard leftShape.magnitude == rightShape.magnitude else {
            return leftShape.magnitude < rightShape.magnitude ? -leftShape.sign : leftShape.sign
        }
        // Neither ends in a zero, so where one is the beginning of the other, the longer one is further from zero.
        let (leftDigits, rightDigits) = (leftShape.digits(left), rightShape.digits(right))
        if leftDigits.lexicographicallyPrecedes(rightDigits) { return -leftShape.sign }
        return rightDigits.lexicographicallyPrecedes(leftDigits) ? leftShape.sign : 0
    }

    private var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    func hash(_ utf8: some Collection<UInt8>, into hasher: inout Hasher) {
        hasher.combine(sign)
        hasher.combine(magnitude)
        for digit in digits(utf8) { hasher.combine(digit) }
    }

    /// The value, if it is an integer that fits.
    func integer(_ utf8: some Collection<UInt8>) -> Int64? {
        guard magnitude >= significantCount, magnitude <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits(utf8) {
            guard let next = value.appending(Int64(digit - UInt8(ascii: "0")), isNegative: isNegative) else { return nil }
            value = next
        }
        for _ in significantCount..<magnitude {
            guard let next = value.appending(0, isNegative: isNegative) else { return nil }
            value = next
        }
        return value
    }

    /// The number without an exponent.
    func writtenOut(_ utf8: some Collection<UInt8>) -> String {
        let zero = UInt8(ascii: "0")
        // All digits of the value in a row, beginning with the one before the point or, below one, with the first after it.
        var row = Array(repeating: zero, count: max(0, -magnitude))
        row.append(contentsOf: digits(utf8))
        let integerDigits = max(0, magnitude)
        row.append(contentsOf: repeatElement(zero, count: max(0, integerDigits + scale - row.count)))
        var text: [UInt8] = []
        text.reserveCapacity(writtenOutCount)
        if isNegative, !isZero { text.append(UInt8(ascii: "-")) }
        text.append(contentsOf: integerDigits == 0 ? [zero] : row[..<integerDigits])
        if scale > 0 {
            text.append(UInt8(ascii: "."))
            text.append(contentsOf: row[integerDigits..<(integerDigits + scale)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Int64 {
    /// The number with one more decimal digit, built below zero for negative numbers, whose range reaches one further.
    fileprivate func appending(_ digit: Int64, isNegative: Bool) -> Int64? {
        let (product, overflow) = multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        let (sum, overflowed) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        return overflowed ? nil : sum
    }
}
