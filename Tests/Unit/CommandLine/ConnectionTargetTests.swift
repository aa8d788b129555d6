import DeployStackData
import Testing

@testable import deploystack_db

@Suite("Where a command's database comes from")
struct ConnectionTargetTests {
    private func origins(_ target: ConnectionTarget) -> [String: ConnectionTarget.Origin] {
        Dictionary(uniqueKeysWithValues: target.settings.map { ($0.name, $0.origin) })
    }

    @Test func aVariableThatIsNotSetIsShownAsTheDefaultThatItCouldReplace() throws {
        let target = try ConnectionTarget.resolve(url: nil, environment: ["POSTGRES_PASSWORD": "s3cret", "POSTGRES_PORT": "5444"])

        #expect(origins(target)["host"] == .defaultInsteadOf("POSTGRES_HOST"))
        #expect(origins(target)["port"] == .variable("POSTGRES_PORT"))
        #expect(origins(target)["TLS"] == .defaultInsteadOf("POSTGRES_SSL"))
        #expect(target.settings.map(\.value) == ["localhost", "5444", "deploystack", "postgres", "given", "disable"])
    }

    @Test func theVariableThatDecidedAboutEncryptionIsNamed() throws {
        let environment = ["POSTGRES_PASSWORD": "s3cret", "POSTGRES_SSL": "false", "POSTGRES_SSL_MODE": "verify-full"]

        let target = try ConnectionTarget.resolve(url: nil, environment: environment)

        #expect(origins(target)["TLS"] == .variable("POSTGRES_SSL_MODE"))
    }

    @Test func aPartThatTheURLDoesNotHaveIsShownAsADefault() throws {
        let target = try ConnectionTarget.resolve(url: "postgres://db.example.org/app?sslmode=require", environment: [:])

        #expect(origins(target)["host"] == .option("--url"))
        #expect(origins(target)["port"] == .defaultInURL)
        #expect(origins(target)["user"] == .defaultInURL)
        #expect(origins(target)["TLS"] == .option("--url"))
    }

    @Test func theURLWinsOverTheEnvironment() throws {
        let target = try ConnectionTarget.resolve(url: "postgres://ada:pw@h:1/app", environment: ["POSTGRES_HOST": "other"])

        #expect(target.configuration.host == "h")
        #expect(target.text == "app on h:1 as ada")
    }

    @Test(arguments: ["postgres://ada:s3cret@h:1/app", nil])
    func thePasswordIsInNoLine(url: String?) throws {
        let target = try ConnectionTarget.resolve(url: url, environment: ["POSTGRES_PASSWORD": "s3cret"])

        #expect(!(target.lines.joined() + target.text).contains("s3cret"))
    }

    @Test func aMissingPasswordEndsWithTheVariablesName() {
        #expect {
            try ConnectionTarget.resolve(url: nil, environment: [:])
        } throws: { error in
            let failure = try #require(error as? CommandFailure)
            return failure.status == .configuration && failure.text(isColored: false).contains("POSTGRES_PASSWORD")
        }
    }

    @Test func aWrongURLIsRefusedWithoutBeingShown() {
        #expect {
            try ConnectionTarget.resolve(url: "mysql://ada:s3cret@h/app", option: "--postgres", environment: [:])
        } throws: { error in
            let text = try #require(error as? CommandFailure).text(isColored: false)
            return text.contains("--postgres") && !text.contains("s3cret")
        }
    }
}
