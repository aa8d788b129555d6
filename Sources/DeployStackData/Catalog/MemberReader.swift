import DeployStackModels

/// Reads the members of a JSON object with the types that they must have. A member that is absent or `null` is `nil`.
struct MemberReader {
    private let object: JSONValue
    private let path: String

    init(_ object: JSONValue, path: String = "") {
        self.object = object
        self.path = path
    }

    func string(_ key: String) throws(DataError) -> String? {
        guard let value = present(key) else { return nil }
        guard let text = value.string else { throw wrong(key, "a string") }
        return text
    }

    func array(_ key: String) throws(DataError) -> [JSONValue]? {
        guard let value = present(key) else { return nil }
        guard let elements = value.array else { throw wrong(key, "an array") }
        return elements
    }

    func object(_ key: String) throws(DataError) -> JSONValue? {
        guard let value = present(key) else { return nil }
        guard value.object != nil else { throw wrong(key, "an object") }
        return value
    }

    func strings(_ key: String) throws(DataError) -> [String] {
        var result: [String] = []
        for element in try array(key) ?? [] {
            guard let text = element.string else { throw wrong(key, "an array of strings") }
            result.append(text)
        }
        return result
    }

    private func present(_ key: String) -> JSONValue? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    private func wrong(_ key: String, _ expected: String) -> DataError {
        .validation(path + key, "it must be \(expected)")
    }
}
