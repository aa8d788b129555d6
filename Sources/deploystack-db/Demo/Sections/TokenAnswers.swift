import DeployStackData
import DeployStackModels

/// Issuing, verifying, revoking and expiring access tokens. The tokens themselves are not part of the answers.
struct TokenAnswers: Codable, Equatable {
    struct Bearer: Codable, Equatable {
        var record: AccessToken
        var username: String
        var email: String
        var roleID: RoleID?
        var teamName: String
        var teamSlug: String
        var teamRole: TeamRole
    }

    struct Check: Codable, Equatable {
        var what: String
        var bearer: Bearer?
    }

    var issued: [AccessToken]
    var checks: [Check]
    var revoked: Bool
    var revokedAgain: Bool
    /// How many tokens had expired eight days later, when one was issued on the way.
    var expired: Int
    var expiredAgain: Int
    var notMember: Refusal?

    init(asking stage: DemoStage, people: PeopleAnswers) async throws {
        let (team, ada, grace) = (people.team.id, people.ada.id, people.grace.id)
        func issue(_ user: UserID, _ client: String, scopes: [TokenScope] = TokenScope.all) async throws -> IssuedAccessToken {
            try await stage.ask { try await $0.tokens.issueAccessToken(NewAccessToken(user: user, team: team, clientID: client, scopes: scopes)) }
        }
        func check(_ what: String, _ token: String) async throws -> Check {
            Check(what: what, bearer: try await stage.ask { try await $0.tokens.verify(token) }.map(Bearer.init))
        }

        let editor = try await issue(ada, "code-editor")
        let terminal = try await issue(grace, "terminal", scopes: [.read])
        let browser = try await issue(ada, "browser")
        checks = [
            try await check("Ada's editor", editor.token.reveal()), try await check("Grace's terminal", terminal.token.reveal()),
            try await check("one letter is wrong", String(editor.token.reveal().dropLast()) + "_"), try await check("SQL", "' OR 1 = 1 --"),
        ]
        revoked = try await stage.ask { try await $0.tokens.revokeAccessToken(browser.record.id) }
        revokedAgain = try await stage.ask { try await $0.tokens.revokeAccessToken(browser.record.id) }
        checks.append(try await check("revoked", browser.token.reveal()))

        stage.world.advance(by: .seconds(5 * 86_400))
        let late = try await issue(grace, "phone")
        stage.world.advance(by: .seconds(3 * 86_400))
        checks.append(try await check("eight days old", editor.token.reveal()))
        expired = try await stage.ask { try await $0.tokens.revokeExpiredTokens() }
        expiredAgain = try await stage.ask { try await $0.tokens.revokeExpiredTokens() }
        checks.append(try await check("three days old", late.token.reveal()))
        notMember = try await stage.refusal { store in
            _ = try await store.tokens.issueAccessToken(NewAccessToken(user: people.users[3].user.id, team: team, clientID: "browser"))
        }
        issued = [editor, terminal, browser, late].map(\.record)
    }
}

extension TokenAnswers.Bearer {
    init(_ context: TokenContext) {
        self.init(
            record: context.token, username: context.username, email: context.email, roleID: context.userRoleID, teamName: context.teamName,
            teamSlug: context.teamSlug, teamRole: context.teamRole)
    }
}
