import DeployStackData
import DeployStackModels

/// Lets people join teams by their e-mail address.
struct Invitations {
    /// What became of an invitation.
    enum Outcome: Equatable {
        case joined
        case isMemberAlready
        case hasNoAccount
        case teamIsFull
    }

    let store: DataStore

    /// Makes the user with an address a member of a team, and tells the user and the team.
    ///
    /// All of it happens together or not at all.
    func invite(_ email: String, to team: TeamID) async throws -> Outcome {
        guard let user = try await user(email: email) else { return .hasNoAccount }
        do {
            try await join(user, team)
            return .joined
        } catch let error as DataError {
            switch error.kind {
            case .alreadyExists:
                return .isMemberAlready
            case .limitExceeded:
                return .teamIsFull
            case .outcomeUnknown:
                // The answer to the commit was lost. Nothing is done again before it is known what happened.
                guard try await store.teams.isMember(user.id, of: team) else { throw error }
                return .joined
            default:
                throw error
            }
        }
    }

    private func join(_ user: User, _ team: TeamID) async throws {
        try await store.transaction { store in
            try await store.teams.addMember(user.id, to: team)
            try await store.notifications.notifyTeam(
                team, title: "New member", message: "\(user.username) has joined.", role: nil, excluding: user.id)
            try await store.notifications.create(user: user.id, title: "Welcome", message: "You have joined a team.")
        }
    }

    /// Finds a user. A read can be made again at once when the connection broke.
    private func user(email: String) async throws(DataError) -> User? {
        do {
            return try await store.users.user(email: email)
        } catch  where error.kind == .unavailable {
            return try await store.users.user(email: email)
        }
    }
}
