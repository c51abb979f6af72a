// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Meter} from "../src/Meter.sol";
import {Test} from "./support/Test.sol";

/*
end
├── start + floor(funded × 3600 / rate)
└── given that is past uint40 .......... the last second of uint40
owed
├── up to the start .................... nothing
├── between ............................ floor(rate × seconds / 3600)
├── from the end on .................... never more than funded, and less than a second's worth below it
└── never shrinks as time or funds grow
*/
contract MeterTest is Test {
    function test_CountsByTheHour() public pure {
        vm.assertEq(Meter.end(1000, 10, 5), 1000 + 7200);
        vm.assertEq(Meter.owed(1000, 10, 5, 999), 0);
        vm.assertEq(Meter.owed(1000, 10, 5, 1000), 0);
        vm.assertEq(Meter.owed(1000, 10, 5, 1000 + 719), 0);
        vm.assertEq(Meter.owed(1000, 10, 5, 1000 + 720), 1);
        vm.assertEq(Meter.owed(1000, 10, 5, 1000 + 7200), 10);
        vm.assertEq(Meter.owed(1000, 10, 5, type(uint40).max), 10);
    }

    function testFuzz_OwedIsWithinWhatIsFunded(uint40 start, uint96 funded, uint96 rate, uint40 time) public pure {
        rate = uint96(_bound(rate, 1, type(uint96).max));
        vm.assertLe(Meter.owed(start, funded, rate, time), funded, "owed <= funded");
    }

    function testFuzz_AtTheEndLessThanASecondIsLeft(uint40 start, uint96 funded, uint96 rate) public pure {
        rate = uint96(_bound(rate, 1, type(uint96).max));
        uint40 end = Meter.end(start, funded, rate);
        if (end == type(uint40).max) return;
        uint256 left = funded - Meter.owed(start, funded, rate, end);
        vm.assertLe(left, uint256(rate) / 3600 + 1, "left <= a second");
    }

    function testFuzz_EndSaturates(uint40 start, uint96 funded) public pure {
        funded = uint96(_bound(funded, type(uint40).max, type(uint96).max));
        vm.assertEq(Meter.end(start, funded, 1), type(uint40).max);
    }

    function testFuzz_OwedNeverShrinks(uint40 start, uint96 funded, uint96 rate, uint40 time, uint40 later, uint96 more)
        public
        pure
    {
        rate = uint96(_bound(rate, 1, type(uint96).max));
        later = uint40(_bound(later, time, type(uint40).max));
        more = uint96(_bound(more, funded, type(uint96).max));
        uint96 owed = Meter.owed(start, funded, rate, time);
        vm.assertLe(owed, Meter.owed(start, funded, rate, later), "with time");
        vm.assertLe(owed, Meter.owed(start, more, rate, time), "with funds");
    }

    function testFuzz_OwedIsTheFloorOfRateTimesTime(uint96 rate, uint32 elapsed) public pure {
        rate = uint96(_bound(rate, 1, 1 << 75));
        uint40 start = 1_800_000_000;
        uint256 owed = Meter.owed(start, type(uint96).max, rate, start + elapsed);
        uint256 exact = uint256(rate) * elapsed;
        vm.assertLe(owed * 3600, exact, "not above");
        vm.assertLe(exact, owed * 3600 + 3599, "less than one below");
    }
}
