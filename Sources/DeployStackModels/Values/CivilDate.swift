/// A day of the proleptic Gregorian calendar, which is the one that PostgreSQL and ISO 8601 use for all times.
struct CivilDate: Equatable {
    /// The year as astronomers count: 0 is 1 BC, -1 is 2 BC.
    var year: Int64
    /// 1 to 12.
    var month: Int64
    /// 1 to 31.
    var day: Int64

    /// Returns `nil` if the calendar has no such day.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Finds the day that is a number of days after 1 January 1970.
    init(daysSinceEpoch: Int64) {
        // Years are counted from March, so that a leap day is the last day of its year and the lengths of the other months repeat.
        let (cycle, dayOfCycle) = (daysSinceEpoch + Self.daysFromMarchOfYear0).dividedDown(by: Self.daysPerCycle)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - Self.days(inYearsOfCycle: yearOfCycle)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - Self.days(beforeMonthFromMarch: monthFromMarch) + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    }

    /// Days since 1 January 1970, negative before.
    var daysSinceEpoch: Int64 {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let (cycle, yearOfCycle) = yearFromMarch.dividedDown(by: 400)
        let dayOfYear = Self.days(beforeMonthFromMarch: month <= 2 ? month + 9 : month - 3) + day - 1
        return cycle * Self.daysPerCycle + Self.days(inYearsOfCycle: yearOfCycle) + dayOfYear - Self.daysFromMarchOfYear0
    }

    /// The calendar repeats after 400 years.
    private static let daysPerCycle: Int64 = 146_097

    /// Days from 1 March of the year 0 to 1 January 1970.
    private static let daysFromMarchOfYear0: Int64 = 719_468

    private static func days(inYearsOfCycle years: Int64) -> Int64 {
        years * 365 + years / 4 - years / 100
    }

    /// From March on, months have 31, 30, 31, 30, 31 days over and over, which this line through the steps of 30.6 days expresses.
    private static func days(beforeMonthFromMarch month: Int64) -> Int64 {
        (153 * month + 2) / 5
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}

extension Int64 {
    /// Divides rounding down, so that the remainder is never negative, also for numbers below zero.
    func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
