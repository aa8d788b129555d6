import DeployStackDataTesting
import DeployStackModels
import Testing

@testable import DeployStackData

struct SettingsCacheTests {
    private let cache = SettingsCache(lifetime: .seconds(60), timeSource: ManualTimeSource())

    /// The value is from before the change, and whoever asks next must not get it.
    @Test func whatIsReadWhileSomethingIsForgottenIsNotRemembered() async throws {
        let old = try await cache.value(of: "a") {
            cache.forget(["a"])
            return "old"
        }

        #expect(old == "old")
        #expect(try await cache.value(of: "a") { "new" } == "new")
        #expect(try await cache.value(of: "a") { "newer" } == "new")
    }

    @Test func aFailedReadIsNotRemembered() async throws {
        await #expect(throws: DataError.self) { try await cache.value(of: "a") { () async throws(DataError) in throw .closedStore } }

        #expect(try await cache.value(of: "a") { "1" } == "1")
    }

    @Test func thereIsAnEndToWhatIsRemembered() async throws {
        for number in 0..<SettingsCache.maximumCount { #expect(try await cache.value(of: "\(number)") { "old" } == "old") }
        #expect(try await cache.value(of: "0") { "new" } == "old")

        #expect(try await cache.value(of: "one more") { "old" } == "old")

        #expect(try await cache.value(of: "0") { "new" } == "new")
    }

    @Test func aClockThatWasSetBackMakesNothingLastLonger() async throws {
        let clock = ManualTimeSource()
        let cache = SettingsCache(lifetime: .seconds(60), timeSource: clock)
        #expect(try await cache.value(of: "a") { "old" } == "old")

        clock.advance(by: .seconds(-1))

        #expect(try await cache.value(of: "a") { "new" } == "new")
    }

    @Test func aClosedStoreRemembersNothing() async throws {
        #expect(try await cache.value(of: "a") { "1" } == "1")

        cache.close()

        #expect(try await cache.value(of: "a") { "2" } == "2")
        #expect(try await cache.value(of: "a") { "3" } == "3")
    }
}
