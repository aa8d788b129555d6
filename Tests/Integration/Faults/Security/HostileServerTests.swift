#if os(Linux)
    import DeployStackDataTesting
    import FaultHarness
    import Foundation
    import PostgresDriver
    import Testing

    /// Servers that are not what they should be, by their certificate, their protocol or their manners.
    @Suite(.faults, .requiresServer)
    struct HostileServerTests {
        @Test
        func hostileServersAreRefusedBeforeTheyLearnThePassword() async throws {
            let server = try await HostileServer.start()
            var (refused, accepted, open, warned) = (HostileTally(), HostileTally(), HostileTally(), 0)

            for good in HostileCertificate.good {
                try await server.present(good)
                let attempt = try await server.attempt(good, .checked)
                #expect(attempt.error == nil && attempt.warnings.isEmpty, "\(good.name): \(String(reflecting: attempt.error))")
            }
            for environment in [false, true] {
                if environment { server.weakenEnvironment() }
                for hostile in HostileCertificate.all + [.oldProtocol, .withoutEncryption] {
                    try await server.present(hostile)
                    if hostile.highestProtocol == "TLSv1.1" { #expect(try await server.speaksOldProtocol()) }
                    let attempt = try await server.attempt(hostile, .checked)
                    let isRefused = attempt.error?.serverMessage?.contains(hostile.reason) == true && attempt.warnings.isEmpty
                    refused.count(environment, hostile.name, isRefused, sawPassword: attempt.sawPassword)
                    guard !environment else { continue }
                    let unchecked = try await server.attempt(hostile, .unchecked)
                    let isOpen = HostileCertificate.all.contains { $0.name == hostile.name }
                    let isWarned = unchecked.warnings.count == 1 && unchecked.warnings.allSatisfy { $0.contains("unverified") }
                    accepted.count(false, hostile.name, isWarned && (unchecked.error == nil) == isOpen, sawPassword: false)
                    if isOpen { open.count(false, hostile.name, unchecked.error == nil, sawPassword: false) }
                    warned += unchecked.warnings.count
                }
                for manner in HostileManner.allCases {
                    let attempt = try await server.attempt(manner, .checked)
                    let isRefused = attempt.error?.serverMessage?.contains(manner.reason) == true
                    refused.count(environment, "\(manner)", isRefused, sawPassword: attempt.sawPassword)
                    guard !environment else { continue }
                    let unchecked = try await server.attempt(manner, .unchecked)
                    accepted.count(false, "\(manner)", unchecked.error != nil && unchecked.warnings.count == 1, sawPassword: unchecked.sawPassword)
                    warned += unchecked.warnings.count
                }
            }
            server.restoreEnvironment()
            try await server.stop()

            #expect(refused.wrong == [])
            #expect(refused.passwords == 0)
            #expect(accepted.wrong == [])
            FaultReport.row(
                "T1",
                "\(refused.right(inEnvironment: false)) of \(refused.all(inEnvironment: false)) hostile servers refused, passwords seen \(refused.passwords)"
            )
            FaultReport.row(
                "T2",
                "unchecked by choice: \(open.right(inEnvironment: false)) of \(open.all(inEnvironment: false)) with working TLS let us in, the other "
                    + "\(accepted.all(inEnvironment: false) - open.all(inEnvironment: false)) refused; one warning “unverified” each (\(warned))")
            FaultReport.row(
                "T3",
                "with every PG… variable and the home directory set to weaken it: \(refused.right(inEnvironment: true)) of "
                    + "\(refused.all(inEnvironment: true)) refused, passwords seen \(refused.passwords)")
        }
    }

    /// What came of many attempts, in a plain environment and in a poisoned one.
    struct HostileTally {
        private(set) var wrong: [String] = []
        private(set) var passwords = 0
        private var results: [Bool: (right: Int, all: Int)] = [:]

        mutating func count(_ environment: Bool, _ name: String, _ isRight: Bool, sawPassword: Bool) {
            results[environment, default: (0, 0)].all += 1
            if isRight { results[environment, default: (0, 0)].right += 1 } else { wrong.append("\(name)\(environment ? ", poisoned" : "")") }
            if sawPassword { passwords += 1 }
        }

        func right(inEnvironment environment: Bool) -> Int { results[environment]?.right ?? 0 }
        func all(inEnvironment environment: Bool) -> Int { results[environment]?.all ?? 0 }
    }
#endif
