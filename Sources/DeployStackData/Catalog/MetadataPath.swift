import DeployStackModels

extension JSONValue {
    /// What stands at a path, as jsonb's operator `#>` finds it: members of objects by their key, elements of arrays by their number, counted from 0 or,
    /// when it is negative, from the end. `nil` when there is nothing.
    func value(at path: [String]) -> JSONValue? {
        var value = self
        for step in path {
            switch value.kind {
            case .object(let members):
                guard let member = members[step] else { return nil }
                value = member
            case .array(let elements):
                guard let number = Self.arrayIndex(step) else { return nil }
                let index = number < 0 ? elements.count + number : number
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    /// A number as C's `strtol` reads it: white space, a sign and digits, at most 32 bits, and nothing behind them.
    private static func arrayIndex(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return Int32(String(decoding: Array(digits), as: UTF8.self)).map { Int($0) }
    }
}
