// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Market} from "../src/Market.sol";
import {IMarket} from "../src/interfaces/IMarket.sol";
import {Fixture} from "./support/Fixture.sol";
import {CallingToken, RefusingToken} from "./support/Tokens.sol";

/*
constructor
├── when operators or fee sink are zero ................ ZeroAddress
├── when the fee is above 5 % .......................... FeeAboveCap (5 % is allowed)
├── when a token has no code ........................... TokenNotAllowed
└── otherwise: the views tell what was given
deposit, depositWithPermit
├── when the token is not allowed ...................... TokenNotAllowed, and the token is never called
├── when the amount is zero ............................ AmountIsZero
├── when the token refuses ............................. SafeERC20FailedOperation
├── when the permit fails
│   ├── given an allowance, as after a front-run permit: deposited
│   └── given none ..................................... the token's error
└── otherwise: tokens move, the account grows
withdraw
├── when the amount is zero ............................ AmountIsZero
├── when the balance is too small ...................... BalanceTooSmall
└── otherwise: the account shrinks, tokens move
flushFees
├── given the fee sink's account is empty .............. AmountIsZero
└── otherwise: all of it goes to the fee sink, whoever calls
cancelAll: the counter grows by one
a token that calls back finds the books balanced and cannot take what is not its
*/
contract MarketBalancesTest is Fixture {
    function test_ViewsTellWhatWasGiven() public view {
        vm.assertEq(market.operators(), address(operators));
        vm.assertEq(market.feeSink(), sink);
        vm.assertEq(market.feeBps(), FEE_BPS);
        vm.assertEq(market.MAX_CLAWBACK_WINDOW(), 7 days);
        vm.assertEq(market.MAX_START_WINDOW(), 1 days);
        vm.assertTrue(market.isTokenAllowed(address(token)));
        vm.assertTrue(!market.isTokenAllowed(address(this)));
    }

    function test_RevertWhen_BuiltWithAZeroAddress() public {
        vm.expectRevert(IMarket.ZeroAddress.selector);
        new Market(address(0), sink, 0, new address[](0));
        vm.expectRevert(IMarket.ZeroAddress.selector);
        new Market(address(operators), address(0), 0, new address[](0));
    }

    function test_RevertWhen_BuiltWithAFeeAboveTheCap() public {
        new Market(address(operators), sink, 500, new address[](0));
        vm.expectRevert(abi.encodeWithSelector(IMarket.FeeAboveCap.selector, 501, 500));
        new Market(address(operators), sink, 501, new address[](0));
    }

    function test_RevertWhen_BuiltWithATokenWithoutCode() public {
        address[] memory tokens = new address[](1);
        tokens[0] = stranger;
        vm.expectRevert(abi.encodeWithSelector(IMarket.TokenNotAllowed.selector, stranger));
        new Market(address(operators), sink, 0, tokens);
    }

    // --- deposit ----------------------------------------------------------------------------------------------------

    function testFuzz_Deposits(uint128 amount) public {
        vm.assume(amount != 0);
        token.mint(stranger, amount);
        vm.prank(stranger);
        token.approve(address(market), amount);
        vm.expectEmit(address(market));
        emit IMarket.Deposited(address(token), stranger, stranger, amount);
        vm.prank(stranger);
        market.deposit(address(token), amount);
        vm.assertEq(_balance(stranger), amount);
        vm.assertEq(token.balanceOf(address(market)), uint256(BALANCE) + amount);
    }

    function test_RevertWhen_DepositIsOfAnotherToken() public {
        vm.expectRevert(abi.encodeWithSelector(IMarket.TokenNotAllowed.selector, stranger));
        market.deposit(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.TokenNotAllowed.selector, stranger));
        market.depositWithPermit(stranger, 1, 0, 0, 0, 0);
    }

    function test_RevertWhen_DepositIsZero() public {
        vm.expectRevert(IMarket.AmountIsZero.selector);
        market.deposit(address(token), 0);
    }

    function test_RevertWhen_TokenRefuses() public {
        address refusing = address(new RefusingToken());
        market = _marketWith(refusing);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, refusing));
        market.deposit(refusing, 1);
    }

    function test_DepositsByPermit() public {
        token.mint(stranger, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, STRANGER_KEY, address(market), 5e6, _now());
        vm.prank(stranger);
        market.depositWithPermit(address(token), 5e6, _now(), v, r, s);
        vm.assertEq(_balance(stranger), 5e6);
    }

    function test_DepositsThoughThePermitWasFrontRun() public {
        token.mint(stranger, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, STRANGER_KEY, address(market), 5e6, _now());
        token.permit(stranger, address(market), 5e6, _now(), v, r, s);
        vm.prank(stranger);
        market.depositWithPermit(address(token), 5e6, _now(), v, r, s);
        vm.assertEq(_balance(stranger), 5e6);
    }

    function test_RevertWhen_ThePermitFailsAndNothingIsAllowed() public {
        token.mint(stranger, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, TENANT_KEY, address(market), 5e6, _now());
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(market), 0, 5e6)
        );
        vm.prank(stranger);
        market.depositWithPermit(address(token), 5e6, _now(), v, r, s);
    }

    /// @dev Another's permit can only be used by that other: the account that gains is the one that pays.
    function test_APermitIsNoUseToAnother() public {
        token.mint(stranger, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = _permit(token, STRANGER_KEY, address(market), 5e6, _now());
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(market), 0, 5e6)
        );
        vm.prank(tenant);
        market.depositWithPermit(address(token), 5e6, _now(), v, r, s);
    }

    // --- withdraw ---------------------------------------------------------------------------------------------------

    function testFuzz_Withdraws(uint96 amount) public {
        amount = uint96(_bound(amount, 1, BALANCE));
        vm.expectEmit(address(market));
        emit IMarket.Withdrawn(address(token), tenant, amount);
        vm.prank(tenant);
        market.withdraw(address(token), amount);
        vm.assertEq(_balance(tenant), BALANCE - amount);
        vm.assertEq(token.balanceOf(tenant), amount);
    }

    function test_RevertWhen_WithdrawalIsZero() public {
        vm.expectRevert(IMarket.AmountIsZero.selector);
        vm.prank(tenant);
        market.withdraw(address(token), 0);
    }

    function test_RevertWhen_WithdrawalIsMoreThanTheBalance() public {
        vm.expectRevert(abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, BALANCE, BALANCE + 1));
        vm.prank(tenant);
        market.withdraw(address(token), BALANCE + 1);
    }

    function test_RevertWhen_WithdrawingWhatIsLocked() public {
        _open();
        vm.expectRevert(abi.encodeWithSelector(IMarket.BalanceTooSmall.selector, BALANCE - DEPOSIT, BALANCE));
        vm.prank(tenant);
        market.withdraw(address(token), BALANCE);
    }

    function test_FlushesFeesForAnyone() public {
        IMarket.LeaseRef memory ref = _openReady();
        _skip(3600);
        _close(hot, ref, 0);
        uint256 fee = RATE - _net(RATE);
        vm.prank(stranger);
        vm.assertEq(market.flushFees(address(token)), fee);
        vm.assertEq(token.balanceOf(sink), fee);
        vm.assertEq(_balance(sink), 0);
    }

    function test_RevertGiven_NothingToFlush() public {
        vm.expectRevert(IMarket.AmountIsZero.selector);
        market.flushFees(address(token));
    }

    function test_CancelAllCounts() public {
        vm.expectEmit(address(market));
        emit IMarket.OrdersCancelled(tenant, 1);
        vm.prank(tenant);
        vm.assertEq(market.cancelAll(), 1);
        vm.prank(tenant);
        vm.assertEq(market.cancelAll(), 2);
        vm.assertEq(market.counterOf(tenant), 2);
        vm.assertEq(market.counterOf(stranger), 0);
    }

    // --- a token that calls back ------------------------------------------------------------------------------------

    function test_WithdrawingCannotBeReentered() public {
        CallingToken calling = _callingToken();
        calling.arm(address(this), abi.encodeCall(this.withdrawAgain, (address(calling))));
        market.withdraw(address(calling), 100);
        vm.assertTrue(calling.wasCalled() && !calling.hasSucceeded(), "called back, and refused");
        vm.assertEq(market.balanceOf(address(calling), address(this)), 0);
        vm.assertEq(calling.balanceOf(address(this)), 100);
        vm.assertEq(calling.balanceOf(address(market)), 100);
    }

    /// @dev Within the call back the deposit counts already: spending it is sound, for the tokens come or all reverts.
    function test_DepositingCannotBeReenteredToGain() public {
        CallingToken calling = _callingToken();
        calling.mint(address(this), 50);
        calling.approve(address(market), 50);
        calling.arm(address(this), abi.encodeCall(this.withdrawAgain, (address(calling))));
        market.deposit(address(calling), 50);
        vm.assertTrue(calling.hasSucceeded(), "withdrew its own 100 within");
        vm.assertEq(market.balanceOf(address(calling), address(this)), 50);
        vm.assertEq(calling.balanceOf(address(this)), 100);
        vm.assertEq(calling.balanceOf(address(market)), 150);
    }

    function test_FlushingCannotBeReentered() public {
        CallingToken calling = _callingToken();
        sink = address(this);
        market = _marketWith(address(calling));
        calling.approve(address(market), 100);
        calling.mint(address(this), 100);
        market.deposit(address(calling), 100);
        calling.arm(address(market), abi.encodeCall(IMarket.flushFees, (address(calling))));
        vm.assertEq(market.flushFees(address(calling)), 100);
        vm.assertTrue(calling.wasCalled() && !calling.hasSucceeded(), "called back, and refused");
    }

    function withdrawAgain(address calling) external {
        market.withdraw(calling, 100);
    }

    /// @dev This test and a stranger hold 100 each in a market of that token.
    function _callingToken() private returns (CallingToken calling) {
        calling = new CallingToken();
        market = _marketWith(address(calling));
        calling.mint(address(this), 100);
        calling.approve(address(market), 100);
        market.deposit(address(calling), 100);
        calling.mint(stranger, 100);
        vm.prank(stranger);
        calling.approve(address(market), 100);
        vm.prank(stranger);
        market.deposit(address(calling), 100);
    }

    function _marketWith(address other) private returns (Market) {
        address[] memory tokens = new address[](1);
        tokens[0] = other;
        return new Market(address(operators), sink, FEE_BPS, tokens);
    }
}
