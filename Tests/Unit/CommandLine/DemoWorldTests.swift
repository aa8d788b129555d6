import DeployStackModels
import Foundation
import Testing

@testable import deploystack_db

@Suite("The world of the demo")
struct DemoWorldTests {
    @Test func everyStepBeginsItsOwnIdentifiersAndBytes() {
        let (one, other) = (DemoWorld(), DemoWorld())

        one.beginStep()
        other.beginStep()
        _ = (other.makeID(), other.bytes(99))
        one.beginStep()
        other.beginStep()

        #expect(one.makeID() == "demo-02-0001")
        #expect(other.makeID() == "demo-02-0001")
        #expect(one.bytes(16) == other.bytes(16))
    }

    @Test func theClockStandsStillUntilItIsMoved() {
        let world = DemoWorld()
        let begin = world.now()

        world.advance(by: .seconds(1))

        #expect(begin.description == "2026-03-02T09:00:00.000000Z")
        #expect(world.now() - begin == .seconds(1))
    }

    @Test func theDemosDatabaseHasTheNameOfATestDatabase() {
        let name = DemoDatabaseName(at: Date(timeIntervalSince1970: 1_700_000_000)).text

        #expect(name.hasPrefix("test_1700000000000_1_demo"))
        #expect(name.split(separator: "_").count == 4 && name.utf8.count <= 63)
        #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    }
}
