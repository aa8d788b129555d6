package import DeployStackData
import DeployStackModels

/// One call of the library's public interface, with texts from outside in some of its parameters.
///
/// The list of all of them, ``StoreCalls/all``, is held against the protocols by a test, so that no method and no parameter is forgotten.
package struct StoreCall: Sendable {
    /// Gives the text for a parameter.
    package typealias Texts = (_ parameter: String) -> String

    /// The method, such as `UserService.user(email:)`.
    package let method: String
    /// The parameters that get a text, with the property where it is one of a value: `user.firstName`.
    package let parameters: [String]
    private let body: @Sendable (DataStore, StoreWorld, @escaping Texts) async throws -> String

    init(
        _ method: String, _ parameters: [String],
        _ body: @escaping @Sendable (_ store: DataStore, _ world: StoreWorld, _ text: @escaping Texts) async throws -> String
    ) {
        self.method = method
        self.parameters = parameters
        self.body = body
    }

    /// The parameters with their method, as ``PublicParameters`` names them.
    package var paths: [String] { parameters.map { "\(method) \($0)" } }

    /// Makes the call and gives its value as a text.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - world: What is in the store.
    ///   - text: Gives each parameter its text.
    package func perform(on store: DataStore, _ world: StoreWorld, _ text: @escaping Texts) async throws -> String {
        try await body(store, world, text)
    }

    /// Makes the call.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - world: What is in the store.
    ///   - text: Gives each parameter its text.
    /// - Returns: The answer as a text in which everything that two backends must agree on can be seen, be it a value or an error.
    package func answer(of store: DataStore, _ world: StoreWorld, _ text: @escaping Texts) async -> String {
        do {
            return try await body(store, world, text)
        } catch let error as DataError {
            return AnswerText.of(error)
        } catch {
            return "\(error)"
        }
    }
}

/// Every public call that takes a text.
package enum StoreCalls {
    /// All of them, in the order of the protocols.
    package static let all =
        users + roles + teams + catalog + catalogChanges + installations + moreInstallations + instances + userConfigurations + tokens + grants
        + oauthClients + notifications + settings + satellites
        + satelliteRegistration
}
