// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SoukPurse} from "./SoukPurse.sol";
import {SubnetParams} from "./SubnetParams.sol";
import {IEmissions} from "./interfaces/IEmissions.sol";
import {IEpochs} from "./interfaces/IEpochs.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {ISoukToken} from "./interfaces/ISoukToken.sol";
import {ISubnets} from "./interfaces/ISubnets.sol";

/// @title Subnets: what an owner says, and the slots of miners
/// @dev What this contract takes from outsiders, and what breaks without it:
/// - Operators tells who is active and by which hot key; it can neither register nor deregister anyone here.
/// - Epochs names who makes room, at most 8 at a time; only who is registered and past its immunity is ever taken.
/// Held here: what subnets cost, and the collateral of registrations. Prices of registrations are burned.
contract Subnets is ISubnets, SoukPurse {
    /// @dev One slot. A parameter that was never set has its default.
    struct Setting {
        uint96 before;
        uint96 value;
        uint56 fromEpoch;
        bool isSet;
    }

    /// @dev One slot. Price after the last registration, and its block.
    struct Door {
        uint96 price;
        uint48 pricedAt;
        uint32 lastRegistration;
    }

    uint256 public constant MIN_TEMPO = 12;
    uint256 public constant MAX_TEMPO = 50_400;
    uint256 public constant MAX_TEXT = 512;
    uint256 public constant MAX_DELAY = 90 days;
    /// @dev A new subnet's price of registration, in least prices.
    uint256 private constant FIRST_PRICE = 100;

    IEmissions private immutable _emissions;
    IOperators private immutable _operators;
    IEpochs private immutable _epochs;
    uint96 private immutable _creationFloor;
    uint48 private immutable _creationHalfBlocks;
    /// @inheritdoc ISubnets
    uint40 public immutable collateralDelay;

    /// @inheritdoc ISubnets
    uint32 public subnetCount;
    uint96 private _lastCreationPrice;
    uint48 private _lastCreationAt;
    /// @dev Two slots.
    mapping(uint32 subnet => Subnet) private _subnets;
    mapping(uint32 subnet => Door) private _doors;
    mapping(uint32 subnet => mapping(uint8 key => Setting)) private _settings;
    /// @dev Two slots.
    mapping(uint32 subnet => mapping(uint32 registration => Registration)) private _registrations;
    /// @inheritdoc ISubnets
    mapping(uint32 subnet => mapping(address operator => uint32)) public registrationOfOperator;

    constructor(
        Settings memory settings,
        ISoukToken token_,
        IEmissions emissions,
        IOperators operators,
        address epochs_
    ) SoukPurse(token_) {
        require(settings.creationHalfBlocks != 0 && epochs_ != address(0), ZeroAddress());
        require(settings.collateralDelay <= MAX_DELAY, DelayTooLong(settings.collateralDelay, MAX_DELAY));
        _emissions = emissions;
        _operators = operators;
        _epochs = IEpochs(epochs_);
        _creationFloor = settings.creationFloor;
        _creationHalfBlocks = settings.creationHalfBlocks;
        collateralDelay = settings.collateralDelay;
        _lastCreationPrice = settings.creationFloor;
    }

    modifier onlyOwner(uint32 subnet) {
        address owner = _alive(subnet).owner;
        require(msg.sender == owner, NotOwner(msg.sender, owner));
        _;
    }

    // --- the owner's walk -------------------------------------------------------------------------------------------

    /// @inheritdoc ISubnets
    function create(uint24 tempo, uint96 maxPrice, string calldata identity, Param[] calldata params)
        external
        returns (uint32)
    {
        return _create(tempo, maxPrice, identity, params);
    }

    /// @inheritdoc ISubnets
    function createWithPermit(
        uint24 tempo,
        uint96 maxPrice,
        string calldata identity,
        Param[] calldata params,
        Permission calldata permission
    ) external withPermit(permission) returns (uint32) {
        return _create(tempo, maxPrice, identity, params);
    }

    /// @inheritdoc ISubnets
    /// @dev The rate limit keeps a value for an epoch at least, so that two are enough to know it in the epoch before.
    function setParam(uint32 subnet, uint8 key, uint96 value) external onlyOwner(subnet) {
        (uint64 epoch, uint256 startsAt) = epochNow(subnet);
        uint256 tempo = _subnets[subnet].tempo;
        uint256 frozen = Math.max(1, tempo / 10);
        require(block.number < startsAt + tempo - frozen, ParamsFrozen(startsAt + tempo));
        _checkRange(key, value);
        Setting storage setting = _settings[subnet][key];
        if (setting.isSet && epoch <= setting.fromEpoch) {
            revert ParamChangedLately(key, startsAt + (setting.fromEpoch + 1 - epoch) * tempo);
        }
        _settings[subnet][key] = Setting(_valueAt(subnet, key, epoch), value, uint56(epoch + 1), true);
        _checkTogether(subnet, key);
        emit ParamSet(subnet, key, value, epoch + 1);
    }

    /// @inheritdoc ISubnets
    function setIdentity(uint32 subnet, string calldata identity) external onlyOwner(subnet) {
        _setIdentity(subnet, identity);
    }

    /// @inheritdoc ISubnets
    function setOwner(uint32 subnet, address owner) external onlyOwner(subnet) {
        require(owner != address(0), ZeroAddress());
        _subnets[subnet].owner = owner;
        emit OwnerChanged(subnet, owner);
    }

    /// @inheritdoc ISubnets
    function dissolve(uint32 subnet) external onlyOwner(subnet) {
        Subnet storage it = _subnets[subnet];
        uint96 locked = it.locked;
        it.locked = 0;
        it.dissolvedAt = uint48(block.number);
        emit Dissolved(subnet, locked);
        _emissions.stop(subnet);
        _pay(msg.sender, locked);
    }

    // --- the miner's walk -------------------------------------------------------------------------------------------

    /// @inheritdoc ISubnets
    function register(uint32 subnet, uint96 maxPrice) external returns (uint32) {
        return _register(subnet, maxPrice);
    }

    /// @inheritdoc ISubnets
    function registerWithPermit(uint32 subnet, uint96 maxPrice, Permission calldata permission)
        external
        withPermit(permission)
        returns (uint32)
    {
        return _register(subnet, maxPrice);
    }

    /// @inheritdoc ISubnets
    function serve(uint32 subnet, uint32 registration, string calldata endpoints, uint32 units) external {
        _alive(subnet);
        Registration storage it = _present(subnet, registration);
        require(_operators.activeHotKey(it.operator) == msg.sender, NotHolder(msg.sender, it.operator));
        require(bytes(endpoints).length <= MAX_TEXT, TextTooLong(bytes(endpoints).length, MAX_TEXT));
        uint256 next = it.servedAt == 0 ? 0 : it.servedAt + _valueNow(subnet, SubnetParams.SERVE_INTERVAL_BLOCKS);
        require(block.number >= next, ServedLately(next));
        it.servedAt = uint48(block.number);
        emit Served(subnet, registration, endpoints, units);
    }

    /// @inheritdoc ISubnets
    function deregister(uint32 subnet, uint32 registration) external {
        address operator = _present(subnet, registration).operator;
        require(msg.sender == operator, NotHolder(msg.sender, operator));
        _end(subnet, registration, Ended.Left);
    }

    /// @inheritdoc ISubnets
    function withdrawCollateral(uint32 subnet, uint32 registration) external {
        Registration storage it = _registrations[subnet][registration];
        require(it.operator != address(0), NotRegistration(subnet, registration));
        if (_subnets[subnet].dissolvedAt == 0) {
            require(it.availableAt != 0, StillRegistered(subnet, registration));
            require(block.timestamp >= it.availableAt, CollateralLocked(it.availableAt, block.timestamp));
        }
        uint96 amount = it.collateral;
        require(amount != 0, NothingLocked(subnet, registration));
        it.collateral = 0;
        emit CollateralWithdrawn(subnet, registration, amount);
        _pay(it.operator, amount);
    }

    // --- views ------------------------------------------------------------------------------------------------------

    /// @inheritdoc ISubnets
    function subnetOf(uint32 subnet) external view returns (Subnet memory) {
        return _subnets[subnet];
    }

    /// @inheritdoc ISubnets
    function epochNow(uint32 subnet) public view returns (uint64 epoch, uint256 startsAt) {
        Subnet storage it = _known(subnet);
        uint256 past = (block.number - it.startBlock) / it.tempo;
        return (uint64(past), it.startBlock + past * it.tempo);
    }

    /// @inheritdoc ISubnets
    function paramAt(uint32 subnet, uint8 key, uint64 epoch) external view returns (uint96) {
        _known(subnet);
        require(key < SubnetParams.COUNT, NoSuchParam(key));
        return _valueAt(subnet, key, epoch);
    }

    /// @inheritdoc ISubnets
    function paramsOf(uint32 subnet) external view returns (uint96[] memory values) {
        (uint64 epoch,) = epochNow(subnet);
        values = new uint96[](SubnetParams.COUNT);
        for (uint8 key = 0; key < SubnetParams.COUNT; ++key) {
            values[key] = _valueAt(subnet, key, epoch);
        }
    }

    /// @inheritdoc ISubnets
    function paramTable()
        external
        pure
        returns (uint96[] memory minimum, uint96[] memory maximum, uint96[] memory standard)
    {
        minimum = new uint96[](SubnetParams.COUNT);
        maximum = new uint96[](SubnetParams.COUNT);
        standard = new uint96[](SubnetParams.COUNT);
        for (uint8 key = 0; key < SubnetParams.COUNT; ++key) {
            (minimum[key], maximum[key], standard[key]) = SubnetParams.rangeOf(key);
        }
    }

    /// @inheritdoc ISubnets
    function creationPrice() public view returns (uint96) {
        uint256 last = _lastCreationPrice;
        uint256 fallen = last * (block.number - _lastCreationAt) / (2 * uint256(_creationHalfBlocks));
        return uint96(Math.max(_creationFloor, last - Math.min(last, fallen)));
    }

    /// @inheritdoc ISubnets
    /// @dev Halves exactly every half-life and falls in straight lines between; rounded against the payer. A half-life
    /// that was changed counts from the last registration on.
    function registrationPrice(uint32 subnet) public view returns (uint96) {
        _known(subnet);
        Door memory door = _doors[subnet];
        uint256 halfLife = _valueNow(subnet, SubnetParams.PRICE_HALF_LIFE_BLOCKS);
        uint256 passed = block.number - door.pricedAt;
        uint256 halvings = Math.min(passed / halfLife, 128);
        uint256 price = Math.ceilDiv(door.price * (2 * halfLife - passed % halfLife), (2 * halfLife) << halvings);
        uint256 highest = _valueNow(subnet, SubnetParams.MAX_PRICE);
        return uint96(Math.min(highest, Math.max(price, _valueNow(subnet, SubnetParams.MIN_PRICE))));
    }

    /// @inheritdoc ISubnets
    function registrationOf(uint32 subnet, uint32 registration) external view returns (Registration memory) {
        return _registrations[subnet][registration];
    }

    /// @inheritdoc ISubnets
    function nextPruned(uint32 subnet) external view returns (uint32) {
        return _isFull(subnet) ? _firstPrunable(subnet) : 0;
    }

    /// @inheritdoc ISubnets
    function epochs() external view returns (address) {
        return address(_epochs);
    }

    // --- within -----------------------------------------------------------------------------------------------------

    /// @dev Effects: the price doubles, the subnet is there with its parameters, its price is taken.
    function _create(uint24 tempo, uint96 maxPrice, string calldata identity, Param[] calldata params)
        private
        returns (uint32 subnet)
    {
        require(tempo >= MIN_TEMPO && tempo <= MAX_TEMPO, TempoOutOfRange(tempo, MIN_TEMPO, MAX_TEMPO));
        uint96 price = creationPrice();
        require(price <= maxPrice, PriceAboveLimit(price, maxPrice));
        _lastCreationPrice = uint96(Math.min(2 * uint256(price), type(uint96).max));
        _lastCreationAt = uint48(block.number);
        subnet = ++subnetCount;
        _subnets[subnet] = Subnet(msg.sender, uint48(block.number), tempo, 0, price, 0);
        emit SubnetCreated(subnet, msg.sender, uint48(block.number), tempo, price);
        _setIdentity(subnet, identity);
        _setFirstParams(subnet, params);
        uint256 first = FIRST_PRICE * uint256(_valueNow(subnet, SubnetParams.MIN_PRICE));
        _doors[subnet].price = uint96(Math.min(first, _valueNow(subnet, SubnetParams.MAX_PRICE)));
        _doors[subnet].pricedAt = uint48(block.number);
        _take(price);
    }

    function _setFirstParams(uint32 subnet, Param[] calldata params) private {
        for (uint256 i = 0; i < params.length; ++i) {
            (uint8 key, uint96 value) = (params[i].key, params[i].value);
            if (i != 0) require(key > params[i - 1].key, ParamsOutOfOrder(key, params[i - 1].key));
            _checkRange(key, value);
            _settings[subnet][key] = Setting(value, value, 0, true);
            emit ParamSet(subnet, key, value, 0);
        }
        _checkTogether(subnet, SubnetParams.MIN_PRICE);
        _checkTogether(subnet, SubnetParams.ALPHA_LOW);
        _checkTogether(subnet, SubnetParams.MECHANISM_SPLIT_1);
    }

    function _setIdentity(uint32 subnet, string calldata identity) private {
        require(bytes(identity).length <= MAX_TEXT, TextTooLong(bytes(identity).length, MAX_TEXT));
        emit IdentitySet(subnet, identity);
    }

    /// @dev Effects: room is made, the price rises, the registration is there; price and collateral are taken, the price
    /// is burned.
    function _register(uint32 subnet, uint96 maxPrice) private returns (uint32 registration) {
        _alive(subnet);
        require(_valueNow(subnet, SubnetParams.IS_REGISTRATION_OPEN) != 0, RegistrationIsClosed(subnet));
        require(_operators.activeHotKey(msg.sender) != address(0), OperatorNotActive(msg.sender));
        uint32 present = registrationOfOperator[subnet][msg.sender];
        require(present == 0, OperatorIsRegistered(subnet, present));
        uint96 price = registrationPrice(subnet);
        require(price <= maxPrice, PriceAboveLimit(price, maxPrice));
        _makeRoom(subnet);

        Door storage door = _doors[subnet];
        registration = ++door.lastRegistration;
        door.price = _priceAfter(subnet, price);
        door.pricedAt = uint48(block.number);
        uint96 collateral = _valueNow(subnet, SubnetParams.COLLATERAL);
        _registrations[subnet][registration] = Registration(msg.sender, uint48(block.number), 0, collateral, 0);
        registrationOfOperator[subnet][msg.sender] = registration;
        ++_subnets[subnet].miners;
        emit Registered(subnet, registration, msg.sender, price, collateral);
        _take(uint256(price) + collateral);
        token.burn(price);
    }

    function _priceAfter(uint32 subnet, uint96 price) private view returns (uint96) {
        uint256 raised = Math.ceilDiv(uint256(price) * _valueNow(subnet, SubnetParams.PRICE_STEP_BPS), 10_000);
        return uint96(Math.min(raised, _valueNow(subnet, SubnetParams.MAX_PRICE)));
    }

    function _makeRoom(uint32 subnet) private {
        if (!_isFull(subnet)) return;
        uint32 pruned = _firstPrunable(subnet);
        if (pruned == 0) revert NoSlotFree(subnet, _subnets[subnet].miners, _epochs.postableAfter(subnet));
        _end(subnet, pruned, Ended.Pruned);
    }

    function _isFull(uint32 subnet) private view returns (bool) {
        return _subnets[subnet].miners >= _valueNow(subnet, SubnetParams.MAX_MINERS);
    }

    function _firstPrunable(uint32 subnet) private view returns (uint32) {
        uint32[] memory prunable = _epochs.prunableOf(subnet);
        uint256 immunity = _valueNow(subnet, SubnetParams.IMMUNITY_BLOCKS);
        for (uint256 i = 0; i < prunable.length; ++i) {
            Registration storage it = _registrations[subnet][prunable[i]];
            bool isPresent = it.operator != address(0) && it.availableAt == 0;
            if (isPresent && it.registeredAt + immunity <= block.number) return prunable[i];
        }
        return 0;
    }

    function _end(uint32 subnet, uint32 registration, Ended why) private {
        Registration storage it = _registrations[subnet][registration];
        uint40 availableAt = uint40(block.timestamp) + collateralDelay;
        it.availableAt = availableAt;
        delete registrationOfOperator[subnet][it.operator];
        --_subnets[subnet].miners;
        emit Deregistered(subnet, registration, it.operator, why, availableAt);
    }

    function _valueNow(uint32 subnet, uint8 key) private view returns (uint96) {
        (uint64 epoch,) = epochNow(subnet);
        return _valueAt(subnet, key, epoch);
    }

    function _valueAt(uint32 subnet, uint8 key, uint64 epoch) private view returns (uint96 value) {
        Setting memory setting = _settings[subnet][key];
        if (setting.isSet) return epoch >= setting.fromEpoch ? setting.value : setting.before;
        (,, value) = SubnetParams.rangeOf(key);
    }

    /// @dev As it was set last, whether it counts already or from the next epoch on.
    function _valueNext(uint32 subnet, uint8 key) private view returns (uint256) {
        return _valueAt(subnet, key, type(uint64).max);
    }

    function _checkRange(uint8 key, uint96 value) private pure {
        require(key < SubnetParams.COUNT, NoSuchParam(key));
        (uint96 minimum, uint96 maximum,) = SubnetParams.rangeOf(key);
        require(value >= minimum && value <= maximum, ParamOutOfRange(key, value, minimum, maximum));
    }

    /// @dev Those that limit each other.
    function _checkTogether(uint32 subnet, uint8 key) private view {
        (uint256 low, uint256 high) = (0, 0);
        if (key == SubnetParams.MIN_PRICE || key == SubnetParams.MAX_PRICE) {
            low = _valueNext(subnet, SubnetParams.MIN_PRICE);
            high = _valueNext(subnet, SubnetParams.MAX_PRICE);
        } else if (key == SubnetParams.ALPHA_LOW || key == SubnetParams.ALPHA_HIGH) {
            low = _valueNext(subnet, SubnetParams.ALPHA_LOW);
            high = _valueNext(subnet, SubnetParams.ALPHA_HIGH);
        } else if (key >= SubnetParams.MECHANISM_SPLIT_1 && key <= SubnetParams.MECHANISM_SPLIT_3) {
            low = _valueNext(subnet, SubnetParams.MECHANISM_SPLIT_1)
                + _valueNext(subnet, SubnetParams.MECHANISM_SPLIT_2)
                + _valueNext(subnet, SubnetParams.MECHANISM_SPLIT_3);
            high = SubnetParams.SHARE;
        }
        require(low <= high, ParamsContradict(key, low, high));
    }

    function _known(uint32 subnet) private view returns (Subnet storage it) {
        it = _subnets[subnet];
        require(it.owner != address(0), NoSuchSubnet(subnet));
    }

    function _alive(uint32 subnet) private view returns (Subnet storage it) {
        it = _known(subnet);
        require(it.dissolvedAt == 0, SubnetIsDissolved(subnet));
    }

    function _present(uint32 subnet, uint32 registration) private view returns (Registration storage it) {
        it = _registrations[subnet][registration];
        require(it.operator != address(0) && it.availableAt == 0, NotRegistration(subnet, registration));
    }
}
