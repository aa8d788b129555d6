package import Foundation

/// Every parameter of the public protocols that takes a text, read from their source, so that a list of calls can be held against it.
///
/// A value is taken apart into its properties, an enumeration into what its cases carry. A type that is neither known nor declared in the models is
/// an error: whoever adds one says here what texts it takes.
package struct PublicParameters {
    package struct UnknownType: Error, CustomStringConvertible {
        package let description: String
    }

    /// Types without a text, and types that the models do not declare.
    private static let textless: Set<String> = ["Bool", "Int", "Timestamp", "Page", "Duration", "ClosedRange<Int>"]
    private static let texts: Set<String> = ["String", "JSONValue", "TokenScope"]

    private let protocols: [String]
    private let models: String
    private let fileMembers: [String]

    /// Reads the sources of the package that a test belongs to.
    ///
    /// - Parameter root: The package's folder.
    package init(root: URL) throws {
        let data = root.appending(path: "Sources/DeployStackData")
        protocols = try Self.sources(in: data).filter { $0.contains(/public protocol \w+(Service|Catalog|Repository|Queue): Sendable/) }
        models = try Self.sources(in: root.appending(path: "Sources/DeployStackModels")).joined(separator: "\n")
        let entry = try String(contentsOf: data.appending(path: "Catalog/CatalogFileEntry.swift"), encoding: .utf8)
        fileMembers = Set(entry.matches(of: /reader\.(?:string|strings|array|object)\("(\w+)"\)/).map { String($0.1) }).sorted() + ["env", "secrets"]
    }

    /// The names of the methods, such as `UserService.user(email:)`, whether they take a text or not.
    package var methods: [String] { declarations.map(\.name) }

    /// The parameters, such as `UserService.createUser(_:withDefaultTeam:) user.username`.
    package func paths() throws -> Set<String> {
        var paths: Set<String> = []
        for method in declarations {
            for parameter in method.parameters {
                for path in try self.paths(of: parameter.type, at: parameter.name) { paths.insert("\(method.name) \(path)") }
            }
        }
        return paths
    }

    private struct Declaration {
        let name: String
        let parameters: [(name: String, type: String)]
    }

    private var declarations: [Declaration] {
        protocols.flatMap { source -> [Declaration] in
            guard let start = source.firstMatch(of: /public protocol (\w+): Sendable \{/) else { return [] }
            let body = source[start.range.upperBound...].prefix(
                upTo: source[start.range.upperBound...].firstRange(of: "\n}")?.lowerBound ?? source.endIndex)
            return body.matches(of: /\n    func (\w+)\(/).map { match in
                let list = Self.upToClosingParenthesis(body[match.range.upperBound...])
                let parameters = Self.split(list).map { text -> (label: String, name: String, type: String) in
                    let halves = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                    let names = halves[0].split(separator: " ").map(String.init)
                    return (names[0], names[names.count - 1], halves[1])
                }
                let labels = parameters.map { "\($0.label):" }.joined()
                return Declaration(name: "\(start.1).\(match.1)(\(labels))", parameters: parameters.map { ($0.name, $0.type) })
            }
        }
    }

    private func paths(of type: String, at path: String) throws -> [String] {
        var type = type
        while let inner = type.wholeMatch(of: /\[(.+)\]|(.+)\?|FieldPatch<(.+)>/) { type = String(inner.1 ?? inner.2 ?? inner.3 ?? "") }
        if let pair = type.wholeMatch(of: /(\w+): (\w+)/) {
            return try paths(of: String(pair.1), at: "\(path).key") + paths(of: String(pair.2), at: "\(path).value")
        }
        if type.contains("->") || Self.textless.contains(type) { return [] }
        if Self.texts.contains(type) || models.contains("public typealias \(type) = Identifier<") { return [path] }
        if type == "CatalogFile" { return Set(fileMembers).map { "\(path).\($0)" } }
        guard let head = models.firstMatch(of: try Regex("public (struct|enum) \(type)\\b([^{\\n]*)\\{")) else {
            throw UnknownType(description: "What texts does \(type) of \(path) take?")
        }
        let indentation = models[..<head.range.lowerBound].reversed().prefix { $0 == " " }.count
        let rest = models[head.range.upperBound...]
        let block = rest.prefix(upTo: rest.firstRange(of: "\n\(String(repeating: " ", count: indentation))}")?.lowerBound ?? rest.endIndex)
        let body = "\(block)\n"
        if head.output[2].substring?.contains("OpenEnumeration") == true { return [path] }
        let inner = String(repeating: " ", count: indentation + 4)
        let properties = body.matches(of: try Regex("\\n\(inner)public var (\\w+): ([^{=\\n]+)(?=\\n)", as: (Substring, Substring, Substring).self))
        var paths = try properties.flatMap { try self.paths(of: String($0.2), at: "\(path).\($0.1)") }
        for match in body.matches(of: try Regex("\\n\(inner)case (\\w+)\\((.+)\\)(?=\\n)", as: (Substring, Substring, Substring).self)) {
            for part in Self.split(String(match.2)) {
                let halves = part.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                let label = halves.count == 2 ? ".\(halves[0])" : ""
                paths += try self.paths(of: halves[halves.count - 1], at: "\(path).\(match.1)\(label)")
            }
        }
        return paths
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

    /// A list of parameters without the commas that are inside of parentheses.
    private static func split(_ list: String) -> [String] {
        var (parts, depth) = ([""], 0)
        for character in list {
            if "([<".contains(character) { depth += 1 }
            if ")]>".contains(character) && !parts[parts.count - 1].hasSuffix("-") { depth -= 1 }
            if character == "," && depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }

    private static func sources(in folder: URL) throws -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        return try files.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }.map { try String(contentsOf: $0, encoding: .utf8) }
    }
}
