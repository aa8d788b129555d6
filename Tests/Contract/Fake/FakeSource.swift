import Foundation

/// Writes the code of the fake that has a line for each method of each repository, from the protocols' source.
///
/// `./scripts/generate-fake` calls it, and a test holds what is in the repository against it.
enum FakeSource {
    /// The files, by their path from the package's folder.
    static func files(in root: URL) throws -> [String: String] {
        let protocols = try RepositoryProtocol.all(in: root)
        let folder = "Sources/DeployStackDataTesting/Fake/"
        return [
            folder + "StoreOperation+Repositories.swift": operations(of: protocols),
            folder + "ObservedRepositories.swift": observers(of: protocols),
            "Tests/Integration/Dialogue/Bugs/ForwardingRepositories.swift": forwarders(of: protocols),
        ]
    }

    private static let head = """
        // Written by ./scripts/generate-fake from the repositories' protocols. Run it again when one has changed; do not edit.
        // swift-format-ignore-file

        """

    private static func operations(of protocols: [RepositoryProtocol]) -> String {
        var text = head + "\nextension StoreOperation {"
        for source in protocols {
            let type = source.property.prefix(1).uppercased() + source.property.dropFirst()
            text += """

                    /// The calls of the store's `\(source.property)`.
                    public static var \(source.property): \(type) { \(type)() }

                    /// The calls of the store's `\(source.property)`.
                    public struct \(type): Sendable {
                        /// All of them.
                        public var anyCall: StoreOperation { StoreOperation("\(source.property)") }

                """
            var names: [String] = []
            for method in source.methods where !names.contains(method.baseName) {
                names.append(method.baseName)
                let all = source.methods.filter { $0.baseName == method.baseName }.map { "`\($0.name)`" }.joined(separator: ", ")
                text += """
                            /// \(all).
                            public var \(method.baseName): StoreOperation { StoreOperation("\(source.property)", "\(method.baseName)") }

                    """
            }
            text += "    }\n"
        }
        return text + "}\n"
    }

    private static func observers(of protocols: [RepositoryProtocol]) -> String {
        var text = head + "\nimport DeployStackData\nimport DeployStackModels\n\nextension StoreServices {\n"
        text += "    /// The repositories with every call going through one place.\n    func observed(at site: CallSite) -> StoreServices {\n"
        text += "        var services = self\n"
        for source in protocols {
            text += "        services.\(source.property) = Observed\(source.name)(base: \(source.property), site: site)\n"
        }
        text += "        return services\n    }\n}\n"
        for source in protocols {
            text += "\nprivate struct Observed\(source.name): \(source.name) {\n    let base: any \(source.name)\n    let site: CallSite\n"
            for method in source.methods { text += "\n" + observer(of: method, in: source) }
            text += "}\n"
        }
        return text
    }

    /// Protocols whose methods pass each call on, so that a test's type that changes one method writes only that one.
    private static func forwarders(of protocols: [RepositoryProtocol]) -> String {
        var text = head + "\nimport DeployStackData\nimport DeployStackModels\n"
        for source in protocols {
            text += "\nprotocol Forwarding\(source.name): \(source.name) {\n    var base: any \(source.name) { get }\n}\n"
            text += "\nextension Forwarding\(source.name) {\n" + source.methods.map(forwarder).joined(separator: "\n") + "}\n"
        }
        return text
    }

    private static func forwarder(of method: RepositoryProtocol.Method) -> String {
        let effects = (method.effects.contains("throws") ? "try " : "") + (method.effects.contains("async") ? "await " : "")
        return "    \(declaration(of: method)) {\n        \(effects)base.\(call(of: method))\n    }\n"
    }

    /// The method's first line, without the brace.
    private static func declaration(of method: RepositoryProtocol.Method) -> String {
        let parameters = method.parameters.map { parameter in
            (parameter.label == parameter.name ? parameter.name : "\(parameter.label) \(parameter.name)") + ": \(parameter.type)"
        }
        let result = method.result.map { " -> \($0)" } ?? ""
        return "func \(method.baseName)(\(parameters.joined(separator: ", ")))\(method.effects.isEmpty ? "" : " \(method.effects)")\(result)"
    }

    /// A call of the method with its own parameters.
    private static func call(of method: RepositoryProtocol.Method) -> String {
        let passed = method.parameters.map { $0.label == "_" ? $0.name : "\($0.label): \($0.name)" }
        return "\(method.baseName)(\(passed.joined(separator: ", ")))"
    }

    private static func observer(of method: RepositoryProtocol.Method, in source: RepositoryProtocol) -> String {
        let recorded = method.parameters.filter { !$0.type.contains("->") }.map { "CallArgument(\"\($0.name)\", \($0.name))" }
        let call = "base.\(call(of: method))"
        let what = ".\(source.property).\(method.baseName), \"\(method.name)\", [\(recorded.joined(separator: ", "))]"
        let body =
            if method.effects == "async throws(DataError)" {
                "try await site.call(\(what)) { () async throws(DataError) in try await \(call) }"
            } else if method.effects.isEmpty, method.result?.hasPrefix("DataStream<") == true {
                "site.stream(\(what), \(call))"
            } else {
                "\(method.effects.contains("throws") ? "try " : "")\(method.effects.contains("async") ? "await " : "")site.note(\(what), \(call))"
            }
        return "    \(declaration(of: method)) {\n        \(body)\n    }\n"
    }
}
