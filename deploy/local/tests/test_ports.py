"""Free ports: two parts that start one after the other never get the same."""

import socket

from deploy.local.ports import LOOPBACK, SINGLE_PORTS, free_port, free_ports


def test_no_port_is_given_twice_before_somebody_could_bind_it() -> None:
    given = [*free_ports(200), *free_ports(200), free_port()]
    assert len(set(given)) == 401
    assert set(given) <= set(SINGLE_PORTS)


def test_a_port_that_is_taken_is_not_given() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, free_port()))
        taken.listen()
        everything = free_ports(len(SINGLE_PORTS))
        assert taken.getsockname()[1] not in everything
        assert len(everything) > 1_000
