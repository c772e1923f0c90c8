# Sourced by contrib/quickstart, contrib/test and .ci/run: the Debian packages
# they need, and the environment that MPI needs.

sobolev_packages=(
  ca-certificates cmake g++ git gnuplot-nox libboost-program-options-dev
  libboost-test-dev libdeal.ii-dev libfftw3-dev libhwy-dev libopenblas-dev
  ninja-build openmpi-bin)

# Only for tests and checks.
sobolev_test_packages=(
  clang-format-16 libbenchmark-dev numdiff perl python3)

say() {
  printf '\n== %s\n' "$*"
}

# install_packages <name>...: those that are missing, if any.
install_packages() {
  local missing=() package
  for package in "$@"; do
    if ! dpkg-query -W -f '${Status}' "$package" 2> /dev/null |
        grep -q 'install ok installed'; then
      missing+=("$package")
    fi
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "All Debian packages are there."
    return
  fi

  say "Installing ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# Open MPI refuses to run as root, as in containers, unless it is told to.
# More ranks than cores are fine here.
export OMPI_MCA_rmaps_base_oversubscribe=1
if [ "$(id -u)" -eq 0 ]; then
  export OMPI_ALLOW_RUN_AS_ROOT=1
  export OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi
