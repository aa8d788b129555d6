import DeployStackModels
import Foundation
import Testing

@testable import DeployStackData

struct TokenGeneratorTests {
    /// 10 000 000 with `DEPLOYSTACK_FAULTS=long`.
    private static let count = ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULTS"] == "long" ? 10_000_000 : 20_000

    @Test func tokensDoNotRepeatAndTheirBitsAreBalanced() throws {
        let environment = StoreEnvironment(StoreOptions())
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var values = [Int](repeating: -1, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = value }
        var ones = [Int](repeating: 0, count: 256)
        // Sixty bits of each token: two tokens that share them are taken for a repetition, which chance gives once in 20 000 runs of 10 000 000.
        var beginnings: [UInt64] = []
        beginnings.reserveCapacity(Self.count)

        for _ in 0..<Self.count {
            let token = Array(GrantRules.draw("dsa_", in: environment).utf8)
            #expect(token.count == 47)
            var beginning: UInt64 = 0
            for (index, byte) in token.dropFirst(4).enumerated() {
                let value = values[Int(byte)]
                guard value >= 0 else {
                    Issue.record("A token has a character outside of its alphabet.")
                    return
                }
                for bit in 0..<6 where 6 * index + bit < 256 && value >> (5 - bit) & 1 == 1 { ones[6 * index + bit] += 1 }
                if index < 10 { beginning = beginning << 6 | UInt64(value) }
            }
            beginnings.append(beginning)
        }

        beginnings.sort()
        #expect(zip(beginnings, beginnings.dropFirst()).allSatisfy { $0 != $1 })
        // Six standard deviations for each of 256 bits: chance goes beyond in one run of two million.
        let allowed = 6 * (Double(Self.count) / 4).squareRoot()
        for count in ones { #expect(abs(Double(count) - Double(Self.count) / 2) < allowed) }
    }

    @Test func theSourceIsTheSystemsUnlessAnotherIsGiven() {
        #expect(StoreOptions().randomSource is SystemRandomSource)
    }
}
