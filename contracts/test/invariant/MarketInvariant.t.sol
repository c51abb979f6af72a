// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Market} from "../../src/Market.sol";
import {TestStablecoin} from "../../src/TestStablecoin.sol";
import {IMarket} from "../../src/interfaces/IMarket.sol";
import {Test} from "../support/Test.sol";
import {MarketHandler} from "./MarketHandler.sol";

/*
Whatever anyone does, in any order:
├── balances + locked = tokens held, exactly
├── collected ≤ owed ≤ funded
├── no second is paid twice, nor one past the funds
├── a closed lease has given out all that came in, and keeps its tombstone alone
├── a signature opens at most one lease
└── everyone can leave: close, flush and withdraw, until nothing is held
*/
contract MarketInvariantTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    MarketHandler private handler;
    Market private market;
    TestStablecoin private token;

    function setUp() public {
        handler = new MarketHandler();
        (address marketAddress, address tokenAddress) = handler.contractsOf();
        market = Market(marketAddress);
        token = TestStablecoin(tokenAddress);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[13] memory actions = [
            handler.deposit.selector,
            handler.withdraw.selector,
            handler.flushFees.selector,
            handler.cancelAll.selector,
            handler.open.selector,
            handler.openAgain.selector,
            handler.markReady.selector,
            handler.collect.selector,
            handler.topUp.selector,
            handler.amend.selector,
            handler.close.selector,
            handler.closeSigned.selector,
            handler.closeExhausted.selector
        ];
        // Opening twice and turning the wallet once in fifteen: most actions need an open lease.
        bytes4[] memory selectors = new bytes4[](15);
        for (uint256 i = 0; i < actions.length; ++i) {
            selectors[i] = actions[i];
        }
        selectors[13] = handler.open.selector;
        selectors[14] = handler.turnWallet.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_BalancesAndLockedAreWhatIsHeld() public view {
        uint256 sum = _sumOfBalances();
        for (uint256 i = 0; i < handler.count(); ++i) {
            IMarket.LeaseState memory state = _state(handler.ids(i));
            sum += state.funded - state.collected;
        }
        vm.assertEq(sum, token.balanceOf(address(market)), "balances + locked = held");
    }

    function invariant_CollectedIsWithinOwedIsWithinFunded() public view {
        for (uint256 i = 0; i < handler.count(); ++i) {
            IMarket.LeaseState memory state = _state(handler.ids(i));
            if (state.status != 1) continue;
            uint256 owed = market.owedAt(handler.refOf(handler.ids(i)), handler.time());
            vm.assertLe(state.collected, owed, "collected <= owed");
            vm.assertLe(owed, state.funded, "owed <= funded");
        }
    }

    /// @dev Above the time served only a minimum charge is ever paid, and that at most once, at the close.
    function invariant_NoSecondIsPaidTwiceOrPastTheFunds() public view {
        for (uint256 i = 0; i < handler.count(); ++i) {
            bytes32 id = handler.ids(i);
            MarketHandler.Book memory book = handler.bookOf(id);
            uint256 served = handler.rateSecondsOf(id) / 3600;
            bool isClosed = _state(id).status == 2;
            uint256 most = isClosed ? served + book.minimumCharge : served;
            vm.assertLe(book.toOperator, most, "paid <= served");
            vm.assertLe(book.toOperator + book.toSink + book.toTenant, book.paidIn, "out <= in");
        }
    }

    function invariant_AClosedLeaseHasGivenOutAllThatCameIn() public view {
        for (uint256 i = 0; i < handler.count(); ++i) {
            bytes32 id = handler.ids(i);
            (IMarket.LeaseState memory state, bytes32 termsHash) = market.leaseOf(id);
            if (state.status != 2) continue;
            MarketHandler.Book memory book = handler.bookOf(id);
            vm.assertEq(book.toTenant + book.toOperator + book.toSink, book.paidIn, "out = in");
            vm.assertEq(uint256(state.funded) + state.collected + state.readyAt + uint256(termsHash), 0, "tombstone");
        }
    }

    function invariant_ASignatureOpensOneLease() public view {
        for (uint256 i = 0; i < handler.count(); ++i) {
            vm.assertEq(handler.bookOf(handler.ids(i)).timesOpened, 1, "opened once");
        }
    }

    /// @dev Runs on a copy of the state. Tenants and operators take turns to close; no wallet is asked.
    function invariant_EveryoneCanLeave() public {
        uint40 time = handler.time();
        vm.warp(time);
        for (uint256 i = 0; i < handler.count(); ++i) {
            bytes32 id = handler.ids(i);
            if (_state(id).status != 1) continue;
            IMarket.LeaseRef memory ref = handler.refOf(id);
            vm.prank(i % 2 == 0 ? ref.terms.tenant : ref.terms.operator);
            market.close(ref, time);
        }
        for (uint256 i = 0; i < 6; ++i) {
            address account = handler.accounts(i);
            uint256 balance = market.balanceOf(address(token), account);
            if (balance == 0) continue;
            vm.prank(account);
            market.withdraw(address(token), balance);
        }
        vm.assertEq(token.balanceOf(address(market)), 0, "nothing is left");
    }

    function _sumOfBalances() private view returns (uint256 sum) {
        for (uint256 i = 0; i < 6; ++i) {
            sum += market.balanceOf(address(token), handler.accounts(i));
        }
    }

    function _state(bytes32 id) private view returns (IMarket.LeaseState memory state) {
        (state,) = market.leaseOf(id);
    }
}
