/// What the default parser of PostgreSQL calls a piece of text (table "Default Parser's Token Types" of the documentation, section 12.5).
///
/// The raw value is the server's number of the type, as `ts_parse('default', …)` reports it.
package enum TokenKind: UInt8, Sendable, Hashable, CaseIterable {
    case asciiWord = 1
    case word = 2
    case numberWord = 3
    case email = 4
    case url = 5
    case host = 6
    case scientificNumber = 7
    case version = 8
    case hyphenatedNumberPart = 9
    case hyphenatedPart = 10
    case hyphenatedASCIIPart = 11
    case blank = 12
    case tag = 13
    case urlProtocol = 14
    case hyphenatedNumberWord = 15
    case hyphenatedASCIIWord = 16
    case hyphenatedWord = 17
    case urlPath = 18
    case file = 19
    case decimalNumber = 20
    case signedInteger = 21
    case unsignedInteger = 22
    case entity = 23
}
