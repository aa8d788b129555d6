import DeployStackData
import DeployStackModels

extension StoreCalls {
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    private static let redirectURI = "http://127.0.0.1:51234/callback"
    private static let createRequest = "TokenService.createAuthorizationRequest(_:)"
    private static let issueRefreshToken = "TokenService.issueRefreshToken(_:)"
    private static let register = "OAuthClientRepository.register(_:)"

    static let grants: [StoreCall] = authorizationRequests + grantCalls + refreshTokens

    private static let authorizationRequests: [StoreCall] =
        ["user", "team", "client", "redirectURI", "scopes", "state", "codeChallenge", "codeChallengeMethod", "resource"].map { field in
            StoreCall(createRequest, ["request.\(field)"]) { store, world, text in
                let text = text("request.\(field)")
                var new = NewAuthorizationRequest(
                    user: world.owner, team: world.team, client: "cursor_mcp_client", redirectURI: redirectURI, codeChallenge: challenge)
                switch field {
                case "user": new.user = UserID(text)
                case "team": new.team = TeamID(text)
                case "client": new.client = OAuthClientID(text)
                case "redirectURI": new.redirectURI = text
                case "scopes": new.scopes = [TokenScope(rawValue: text)]
                case "state": new.state = text
                case "codeChallenge": new.codeChallenge = text
                case "codeChallengeMethod": new.codeChallengeMethod = CodeChallengeMethod(rawValue: text)
                default: new.resource = text
                }
                let request = try await store.tokens.createAuthorizationRequest(new)
                return AnswerText.joined([request.id.rawValue, request.state, request.resource, request.redirectURI])
            }
        }

    private static let grantCalls: [StoreCall] = [
        StoreCall("TokenService.authorizationRequest(_:)", ["id"]) { store, _, text in
            "\(try await store.tokens.authorizationRequest(AuthorizationCodeID(text("id")))?.id.rawValue ?? "nil")"
        },
        StoreCall("TokenService.setTeam(_:of:)", ["team", "request"]) { store, _, text in
            "\(try await store.tokens.setTeam(TeamID(text("team")), of: AuthorizationCodeID(text("request"))))"
        },
        StoreCall("TokenService.approve(_:)", ["request"]) { store, _, text in
            "\(try await store.tokens.approve(AuthorizationCodeID(text("request"))))"
        },
        StoreCall("TokenService.deny(_:)", ["request"]) { store, _, text in
            "\(try await store.tokens.deny(AuthorizationCodeID(text("request"))))"
        },
        StoreCall("TokenService.exchangeCode(_:verifier:client:redirectURI:)", ["code", "verifier", "client", "redirectURI"]) { store, _, text in
            let pair = try await store.tokens.exchangeCode(
                secret("dsc_", text("code")), verifier: text("verifier"), client: OAuthClientID(text("client")), redirectURI: text("redirectURI"))
            return AnswerText.of(pair.access.record)
        },
        StoreCall("TokenService.redeemCode(_:verifier:client:redirectURI:)", ["code", "verifier", "client", "redirectURI"]) { store, _, text in
            let outcome = try await store.tokens.redeemCode(
                text("code"), verifier: text("verifier"), client: OAuthClientID(text("client")), redirectURI: text("redirectURI"))
            return AnswerText.of(try outcome.get().access.record)
        },
        StoreCall("TokenService.introspect(_:expectedTeam:expectedAudience:)", ["token", "expectedTeam", "expectedAudience"]) { store, _, text in
            let introspection = try await store.tokens.introspect(
                secret("dsa_", text("token")), expectedTeam: TeamID(text("expectedTeam")), expectedAudience: text("expectedAudience"))
            return "\(introspection)"
        },
        StoreCall("TokenService.refresh(_:client:)", ["token", "client"]) { store, _, text in
            let pair = try await store.tokens.refresh(secret("dsr_", text("token")), client: OAuthClientID(text("client")))
            return AnswerText.of(pair.access.record)
        },
        StoreCall("TokenService.redeemRefreshToken(_:client:)", ["token", "client"]) { store, _, text in
            let outcome = try await store.tokens.redeemRefreshToken(text("token"), client: OAuthClientID(text("client")))
            return AnswerText.of(try outcome.get().access.record)
        },
        StoreCall("TokenService.revoke(_:client:)", ["token", "client"]) { store, _, text in
            "\(try await store.tokens.revoke(secret("dsa_", text("token")), client: OAuthClientID(text("client"))))"
        },
        StoreCall("TokenService.revokeAll(user:)", ["user"]) { store, _, text in
            "\(try await store.tokens.revokeAll(user: UserID(text("user"))))"
        },
        StoreCall("TokenService.revokeAll(user:team:)", ["user", "team"]) { store, _, text in
            "\(try await store.tokens.revokeAll(user: UserID(text("user")), team: TeamID(text("team"))))"
        },
        StoreCall("TokenService.revokeAll(client:)", ["client"]) { store, _, text in
            "\(try await store.tokens.revokeAll(client: OAuthClientID(text("client"))))"
        },
        StoreCall("TokenService.revokeFamily(_:)", ["family"]) { store, _, text in
            "\(try await store.tokens.revokeFamily(TokenFamilyID(text("family"))))"
        },
        StoreCall("TokenService.activeTokens(user:page:)", ["user"]) { store, _, text in
            "\(try await store.tokens.activeTokens(user: UserID(text("user"))).total)"
        },
    ]

    private static let refreshTokens: [StoreCall] =
        ["user", "team", "client", "scopes", "resource", "family"].map { field in
            StoreCall(issueRefreshToken, ["token.\(field)"]) { store, world, text in
                let text = text("token.\(field)")
                var new = NewRefreshToken(user: world.owner, team: world.team, client: "client")
                switch field {
                case "user": new.user = UserID(text)
                case "team": new.team = TeamID(text)
                case "client": new.client = OAuthClientID(text)
                case "scopes": new.scopes = [TokenScope(rawValue: text)]
                case "resource": new.resource = text
                default: new.family = TokenFamilyID(text)
                }
                let record = try await store.tokens.issueRefreshToken(new).record
                return AnswerText.joined([record.id.rawValue, record.clientID.rawValue, record.resource, record.familyID.rawValue])
            }
        }

    static let oauthClients: [StoreCall] = registrations + clientCalls + consentGrants + consentCalls

    private static let registrations: [StoreCall] =
        ["name", "redirectURIs", "grantTypes", "responseTypes", "scopes", "teamID", "createdBy"].map { field in
            StoreCall(register, ["client.\(field)"]) { store, _, text in
                let text = text("client.\(field)")
                var new = NewOAuthClient(name: "Client", redirectURIs: [redirectURI])
                switch field {
                case "name": new.name = text
                case "redirectURIs": new.redirectURIs = [text]
                case "grantTypes": new.grantTypes = [text]
                case "responseTypes": new.responseTypes = [text]
                case "scopes": new.scopes = [TokenScope(rawValue: text)]
                case "teamID": new.teamID = TeamID(text)
                default: new.createdBy = UserID(text)
                }
                let client = try await store.oauthClients.register(new).client
                let read = try await store.oauthClients.client(client.id)
                return AnswerText.joined([client.id.rawValue, client.name, read?.name] + (read?.redirectURIs ?? []))
            }
        }

    private static let clientCalls: [StoreCall] = [
        StoreCall("OAuthClientRepository.client(_:)", ["id"]) { store, _, text in
            "\(try await store.oauthClients.client(OAuthClientID(text("id")))?.name ?? "nil")"
        },
        StoreCall("OAuthClientRepository.isValid(_:redirectURI:)", ["id", "redirectURI"]) { store, _, text in
            "\(try await store.oauthClients.isValid(OAuthClientID(text("id")), redirectURI: text("redirectURI")))"
        },
        StoreCall("OAuthClientRepository.isValid(_:secret:)", ["id", "secret"]) { store, _, text in
            "\(try await store.oauthClients.isValid(OAuthClientID(text("id")), secret: text("secret")))"
        },
        StoreCall("OAuthClientRepository.deactivate(_:)", ["id"]) { store, _, text in
            "\(try await store.oauthClients.deactivate(OAuthClientID(text("id"))))"
        },
    ]

    private static let consentGrants: [StoreCall] =
        ["user", "team", "client", "scopes"].map { field in
            StoreCall("OAuthClientRepository.grantConsent(user:team:client:scopes:)", [field]) { store, world, text in
                let text = text(field)
                let consent = try await store.oauthClients.grantConsent(
                    user: field == "user" ? UserID(text) : world.owner, team: field == "team" ? TeamID(text) : world.team,
                    client: field == "client" ? OAuthClientID(text) : "cursor_mcp_client",
                    scopes: [field == "scopes" ? TokenScope(rawValue: text) : .read])
                return consent.id.rawValue
            }
        }

    private static let consentCalls: [StoreCall] =
        ["consent", "revokeConsent"].map { method in
            StoreCall("OAuthClientRepository.\(method)(user:team:client:)", ["user", "team", "client"]) { store, _, text in
                let (user, team, client) = (UserID(text("user")), TeamID(text("team")), OAuthClientID(text("client")))
                if method == "consent" {
                    return "\(try await store.oauthClients.consent(user: user, team: team, client: client)?.id.rawValue ?? "nil")"
                }
                return "\(try await store.oauthClients.revokeConsent(user: user, team: team, client: client))"
            }
        }

    /// A text of the length and with the beginning that a code or token has, so that it is looked up.
    private static func secret(_ prefix: String, _ text: String) -> String {
        String(decoding: Array((prefix + text + String(repeating: "x", count: 43)).utf8.prefix(47)), as: UTF8.self)
    }
}
