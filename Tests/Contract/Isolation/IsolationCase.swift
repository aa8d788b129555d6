import DeployStackData
import DeployStackModels

/// What a method of a repository must hold for teams that know nothing of each other.
struct IsolationCase: Sendable {
    /// What a call is made with.
    struct View: Sendable {
        let store: DataStore
        /// The team that calls.
        let ours: Tenant
        /// The team whose identifiers it knows, or one that does not exist.
        let other: Tenant
    }

    /// Makes a call as our team and gives its answer as a text.
    typealias Call = @Sendable (View) async throws -> String

    /// The method, such as `TeamService.members(of:page:)`.
    let method: String
    /// Calls for our own team: nothing of another team may be in the answer or change it.
    let own: [Call]
    /// Calls for our own team with identifiers of another one: as with identifiers that do not exist.
    let foreign: [Call]
    /// Why the method has no team, user or viewer on whose behalf it is called; `nil` when it has.
    let unscoped: String?

    /// A method that is called on somebody's behalf.
    init(_ method: String, own: [Call] = [], foreign: [Call] = []) {
        self.method = method
        self.own = own
        self.foreign = foreign
        unscoped = nil
    }

    /// A method that takes an identifier alone. Whoever calls it has decided before that the caller may.
    init(_ method: String, unscoped reason: String) {
        self.method = method
        own = []
        foreign = []
        unscoped = reason
    }

    /// The answer to a call as a text in which everything that could tell one tenant from another can be seen, be it a value or an error.
    static func answer(_ call: Call, _ view: View) async -> String {
        do {
            return try await call(view)
        } catch {
            return everything(of: error)
        }
    }

    /// The answer to a call in a transaction that is taken back, so that nothing of it stays.
    static func answerTakenBack(_ call: @escaping Call, _ view: View) async throws -> String {
        struct TakeBack: Error {
            let answer: String
        }
        do {
            try await view.store.transaction { store in
                throw TakeBack(answer: await answer(call, View(store: store, ours: view.ours, other: view.other)))
            }
            return ""
        } catch let error as TakeBack {
            return error.answer
        }
    }
}

/// A value with everything in it as a text.
func everything(of value: some Sendable) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}
