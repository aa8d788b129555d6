import Foundation

/// The protocols of a store's repositories, read from their source, so that lists about all methods can be held against it.
struct RepositoryProtocol {
    /// One method as the protocol declares it.
    struct Method {
        struct Parameter {
            let label: String
            let name: String
            let type: String
        }

        /// The name without its parameters, such as `addMember`.
        let baseName: String
        let parameters: [Parameter]
        /// What stands between the parameters and the result, such as `async throws(DataError)`.
        let effects: String
        /// The type of the result, or `nil` when there is none.
        let result: String?

        /// The name with the labels, such as `addMember(_:to:role:)`.
        var name: String { "\(baseName)(\(parameters.map { "\($0.label):" }.joined()))" }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// The store's property, such as `teams`.
    let property: String
    /// The protocol's name, such as `TeamService`.
    let name: String
    /// The methods in the order of the source.
    let methods: [Method]

    /// The protocols behind the properties of `StoreServices`, in their order.
    ///
    /// - Parameter root: The package's folder.
    static func all(in root: URL) throws -> [RepositoryProtocol] {
        let folder = root.appending(path: "Sources/DeployStackData")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)).filter { $0.hasSuffix(".swift") }
        let sources = try paths.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        guard let services = sources.first(where: { $0.contains("struct StoreServices") }) else {
            throw Unreadable(description: "There is no StoreServices.")
        }
        return try services.matches(of: /var (\w+): any (\w+)\n/).map { match in
            let (property, name) = (String(match.1), String(match.2))
            let bodies = sources.lazy.compactMap { body(of: name, in: $0) }
            guard let body = bodies.first else { throw Unreadable(description: "There is no protocol \(name).") }
            return RepositoryProtocol(property: property, name: name, methods: try methods(of: name, in: body))
        }
    }

    /// What stands between a protocol's braces, or `nil` when the source does not declare it.
    private static func body(of name: String, in source: String) -> String? {
        for access in ["public", "package"] {
            let parts = source.components(separatedBy: "\(access) protocol \(name): Sendable {")
            if parts.count > 1 { return parts[1].components(separatedBy: "\n}")[0] }
        }
        return nil
    }

    private static func methods(of name: String, in body: String) throws -> [Method] {
        let code = body.split(separator: "\n").filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }.joined(separator: "\n")
        return try code.components(separatedBy: "func ").dropFirst().map { text in
            guard let open = text.firstIndex(of: "(") else { throw Unreadable(description: "\(name) has a method without parentheses: \(text)") }
            let inside = upToClosingParenthesis(text[text.index(after: open)...])
            let rest = text[text.index(open, offsetBy: inside.count + 2)...]
                .replacingOccurrences(of: "@discardableResult", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
            let halves = rest.components(separatedBy: "-> ")
            return Method(
                baseName: String(text[..<open]), parameters: split(inside).map(parameter), effects: halves[0].trimmingCharacters(in: .whitespaces),
                result: halves.count > 1 ? halves[1] : nil)
        }
    }

    private static func parameter(_ text: String) -> Method.Parameter {
        let halves = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        let names = halves[0].split(separator: " ").map(String.init)
        return Method.Parameter(label: names[0], name: names[names.count - 1], type: halves[1])
    }

    /// A text as far as the parenthesis that closes one which was opened before it.
    private static func upToClosingParenthesis(_ text: Substring) -> String {
        var depth = 1
        return String(
            text.prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            })
    }

    /// The parts between the commas that stand in no brackets.
    private static func split(_ list: String) -> [String] {
        var (parts, part, depth) = ([String](), "", 0)
        for character in list {
            switch character {
            case "(", "[", "<": depth += 1
            case ")", "]": depth -= 1
            case ">" where part.last != "-": depth -= 1
            default: break
            }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return (parts + [part]).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }
}
