/// Where the parser stands inside a token, named after what has been read.
enum TokenState: Int, Sendable, CaseIterable {
    case start
    case blank

    // Words.
    case asciiWord
    case word
    case numberWord

    // Words with hyphens, as a whole …
    case asciiHyphen
    case asciiHyphenWord
    case hyphen
    case hyphenWord
    case numberHyphen
    case numberHyphenWord
    case hyphenDigits
    // … and their parts, which follow as tokens of their own.
    case parts
    case partsHyphen
    case asciiPart
    case part
    case numberPart
    case numberPartDigits

    // Numbers.
    case unsignedInteger
    case sign
    case signedInteger
    case unsignedPoint
    case unsignedDecimal
    case signedPoint
    case signedDecimal
    case versionPoint
    case version
    case signedVersionPoint
    case exponent
    case exponentSign
    case scientificNumber

    // Hosts, URLs and addresses.
    case hostJoint
    case host
    case hostPoint
    case topLevelFirstLetter
    case topLevelDomain
    case portColon
    case port
    case emailSign
    case urlSlash
    case urlPathStart
    case urlPathFirst
    case urlPath
    case protocolColon
    case protocolSlash
    case protocolEnd

    // Files.
    case fileSlash
    case fileTilde
    case pathPoint
    case pathFirstPoint
    case pathTwoPoints
    case file
    case filePoint

    // Entities and tags.
    case entityAmpersand
    case entityName
    case entityHash
    case entityNumber
    case entityHexX
    case entityHexNumber
    case entityEnd
    case tagOpen
    case tagSlash
    case tagName
    case tagEmptySlash
    case tagBody
    case tagSingleQuoted
    case tagSingleQuotedEscape
    case tagSingleQuotedEscaped
    case tagDoubleQuoted
    case tagDoubleQuotedEscape
    case tagDoubleQuotedEscaped
    case tagEnd
    case xmlQuestion
    case declaration
    case commentHyphen
    case comment
    case commentEndHyphen
    case commentEndHyphens
}
